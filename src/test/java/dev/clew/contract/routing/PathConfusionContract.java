package dev.clew.contract.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.contract.client.Call;
import dev.clew.contract.client.Http2Client;
import dev.clew.contract.client.Http2Client.Outcome;
import dev.clew.contract.client.RawResponse;
import dev.clew.contract.world.Contract;
import dev.clew.contract.world.Issuers;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Paths that two servers may read differently: none bypasses a route that requires a key. */
abstract class PathConfusionContract extends Contract {

    private static final String HOST = "paths.test";
    private static final String SECRET = "/secret";
    private static final int SPELLINGS = 400;

    private static final List<String> PIECES = List.of(
            "/",
            "/",
            "secret",
            "secret",
            "x",
            "moved",
            "%73ecret",
            "s%65cret",
            "..",
            ".",
            "%2e",
            "%2E%2e",
            "//",
            ";",
            ";a=b",
            "%3b",
            "%3Ba",
            "%2f",
            "%5c",
            "\\",
            "%00",
            "%c0%af",
            "%c0%ae",
            "%25",
            "%252f",
            "%2573",
            "%20",
            "+",
            "?",
            "%3f",
            "%23",
            "%40",
            "@",
            ":",
            "%",
            "%u002f",
            "%e0%80%af",
            "%09");

    private RawResponse overHttp2(String path, String... more) {
        try (Http2Client client = new Http2Client(port())) {
            String[] lines = {":method GET", ":scheme http", ":authority " + HOST, ":path " + path};
            String[] all = java.util.Arrays.copyOf(lines, lines.length + more.length);
            System.arraycopy(more, 0, all, lines.length, more.length);
            Outcome outcome = client.await(client.open(Http2Client.END_STREAM, all));
            return assertInstanceOf(Outcome.Responded.class, outcome).response();
        }
    }

    private RawResponse overHttp1(String path) {
        return send(Call.get(path).host(HOST));
    }

    /** Asserts the result: the status, or the request target at the upstream. */
    private static void assertLeadsTo(String expected, RawResponse response) {
        if (expected.startsWith("/")) {
            assertEquals(expected, response.echoed().uri());
            assertFalse(isSecret(expected), expected);
        } else {
            assertEquals(Integer.parseInt(expected), response.status(), response::toString);
            String code = new JsonObject(response.body()).getString("code");
            assertTrue(
                    List.of("malformed-path", "malformed-request", "credentials-missing")
                            .contains(code),
                    code);
        }
    }

    /** Returns whether the most lenient server would serve the secret. */
    private static boolean isSecret(String uri) {
        String resource = LaxServer.resource(uri);
        return resource.equals(SECRET) || resource.startsWith(SECRET + '/');
    }

    @ParameterizedTest
    @CsvSource({
        "/secret, 401",
        "/secret/, 401",
        "/secret/x?y, 401",
        "//secret, 401",
        "/./secret, 401",
        "/secret/., 401",
        "/x/../secret, 401",
        "/x//../secret, 401",
        "/x/%2e%2e/secret, 401",
        "/x/.%2E/secret, 401",
        "/%2e/secret, 401",
        "/secret/../secret, 401",
        "/secret/../x, /x",
        "/%73ecret, 401",
        "/%73%65%63%72%65%74/x, 401",
        "/sec%72et, 401",
        "/%53ecret, /Secret",
        "/SECRET, /SECRET",
        "/secret;x, 401",
        "/secret;x=1/y, 401",
        "/secret;/, 401",
        "/secret%3bx, 401",
        "/secret%3Bx/y, 401",
        "/x;a/../secret, 401",
        "/x;secret, /x;secret",
        "/x%3bsecret, /x%3Bsecret",
        "/;/secret, 400",
        "/;x/secret, 400",
        "/%3b/secret, 400",
        "/x/..;/secret, 400",
        "/x/..;a=b/secret, 400",
        "/x/..%3b/secret, 400",
        "/.;/secret, 400",
        "/x%2fsecret, 400",
        "/%2fsecret, 400",
        "/%2Fsecret, 400",
        "/x/..%2fsecret, 400",
        "/x%2f..%2fsecret, 400",
        "/x/..\\secret, 400",
        "/x\\..\\secret, 400",
        "/x%5c..%5Csecret, 400",
        "/secret%00, 400",
        "/x%00/../secret, 400",
        "/secret%09, 400",
        "/secret%0d%0a, 400",
        "/%c0%afsecret, 400",
        "/x/%c0%ae%c0%ae/secret, 400",
        "/x/..%e0%80%afsecret, 400",
        "/x/..%F0%80%80%afsecret, 400",
        "/x%e2%88%95secret, /x%E2%88%95secret",
        "/%2573ecret, /%2573ecret",
        "/x/%252e%252e/secret, /x/%252e%252e/secret",
        "/x%252f..%252fsecret, /x%252f..%252fsecret",
        "/x?/../secret, /x?/../secret",
        "/x?/..%2fsecret, /x?/..%2fsecret",
        "/x%3f/../secret, 401",
        "/x%23/../secret, 401",
        "/x#/../secret, 400",
        "/%zz/../secret, 400",
        "/secret%, 400",
        "/%u002e./secret, 400",
        "/secret%20, /secret%20",
        "/secret., /secret.",
        "/sec%72et%2e, /secret.",
        "/secretx, /secretx",
    })
    void whatIsMatchedIsWhatTheUpstreamGets(String path, String expected) {
        assertLeadsTo(expected, overHttp1(path));
        assertLeadsTo(expected, overHttp2(path));
        assertLeadsTo(expected, overHttp1("/moved" + path));
        assertLeadsTo(expected, overHttp2("/moved" + path));
        assertLeadsTo(expected, overHttp1("http://" + HOST + path));
    }

    @ParameterizedTest
    @CsvSource({"/../secret, 400", "/x/../../secret, 400", "/moved/../secret, 401", "/secret/../moved/x/../secret, 401"
    })
    void noPathClimbsOutOfItsRoute(String path, String expected) {
        assertLeadsTo(expected, overHttp1(path));
        assertLeadsTo(expected, overHttp2(path));
    }

    @Test
    void whoHasTheKeyGetsThere() {
        for (String path : List.of("/secret/x", "/moved/secret/x", "/x/../secret/x")) {
            Call call = Call.get(path).host(HOST).header("X-Api-Key", Issuers.API_KEY);
            assertEquals("/secret/x", send(call).echoed().uri());
            assertEquals(
                    "/secret/x",
                    overHttp2(path, "x-api-key " + Issuers.API_KEY).echoed().uri());
        }
    }

    /** The failure message has the seed, which repeats the failure. */
    @Test
    void noSpellingLeadsToWhatIsBehindTheKey() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        int passed = 0;
        for (int i = 0; i < SPELLINGS; i++) {
            StringBuilder path = new StringBuilder(random.nextBoolean() ? "/" : "/moved/");
            for (int pieces = 1 + random.nextInt(6); pieces > 0; pieces--) {
                path.append(PIECES.get(random.nextInt(PIECES.size())));
            }
            String spelling = path.toString();
            RawResponse response = i % 2 == 0 ? overHttp1(spelling) : overHttp2(spelling);
            if (response.status() == 200) {
                String received = response.echoed().uri();
                assertFalse(isSecret(received), () -> "seed " + seed + ": " + spelling + " leads to " + received);
                passed++;
            } else {
                assertTrue(
                        response.status() == 400 || response.status() == 401,
                        () -> "seed " + seed + ": " + spelling + " gets " + response);
            }
        }
        assertTrue(passed > 0, "some paths reach an upstream");
    }
}
