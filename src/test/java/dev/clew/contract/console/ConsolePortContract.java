package dev.clew.contract.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.contract.client.Call;
import dev.clew.contract.client.RawClient;
import dev.clew.contract.client.RawResponse;
import dev.clew.contract.world.Contract;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The console's page and files on the management port. */
abstract class ConsolePortContract extends Contract {

    private static final Pattern MAIN = Pattern.compile("src=\"(/console/assets/[0-9a-f]{16}/main\\.js)\"");

    private RawResponse get(String path, String... lines) {
        try (RawClient client = new RawClient("127.0.0.1", world.managementPort())) {
            String more = lines.length == 0 ? "" : String.join("\r\n", lines) + "\r\n";
            return client.send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n" + more + "\r\n")
                    .read();
        }
    }

    private String main() {
        Matcher main = MAIN.matcher(get("/console").body());
        assertTrue(main.find(), "the page names no script");
        return main.group(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/console", "/console/", "/console/requests/00f067aa0ba902b7", "/console/tenants?q=1"})
    void everyViewIsTheSamePageAndAllowsNothingOfOthers(String path) {
        RawResponse page = get(path);
        assertEquals(200, page.status());
        assertEquals("text/html; charset=utf-8", page.one("content-type"));
        assertEquals(get("/console").body(), page.body());
        String policy = page.one("content-security-policy");
        assertTrue(policy.startsWith("default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"));
        assertFalse(policy.contains("unsafe"), policy);
        assertEquals("nosniff", page.one("x-content-type-options"));
        assertEquals("no-cache", page.one("cache-control"));
    }

    @Test
    void filesMayBeKeptForEverAndComeCompressed() {
        String main = main();
        RawResponse plain = get(main);
        assertEquals("text/javascript; charset=utf-8", plain.one("content-type"));
        assertEquals("private, max-age=31536000, immutable", plain.one("cache-control"));
        RawResponse compressed = get(main, "Accept-Encoding: br, gzip");
        assertEquals("gzip", compressed.one("content-encoding"));
        assertFalse(compressed.one("etag").equals(plain.one("etag")), "each coding has its own tag");
        RawResponse known = get(main, "Accept-Encoding: gzip", "If-None-Match: " + compressed.one("etag"));
        assertEquals(304, known.status());
        assertEquals("", known.body());
    }

    @Test
    void unknownFilesAreNotFound() {
        assertEquals(404, get(main().replace("main.js", "other.js")).status());
        assertEquals(404, get("/console/assets/0000000000000000/main.js").status());
        assertEquals("no-store", get("/console/assets/x").one("cache-control"));
    }

    @Test
    void theTrafficPortServesNothingOfIt() {
        for (String path : new String[] {"/console", main(), "/_static/lit-html/3.3.2/lit-html.js"}) {
            send(Call.get(path).host("localhost")).assertProblem(404, "unknown-host");
            send(Call.get(path)).assertProblem(404, "unknown-route");
        }
    }
}
