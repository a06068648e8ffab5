package dev.clew.action;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.clew.action.Redirect.Authority;
import dev.clew.action.Responder.Request;
import dev.clew.route.PathPattern;
import dev.clew.route.RequestPath;
import dev.clew.route.Rewrite;
import java.net.URI;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedirectTest {

    private static final PathPattern FROM = PathPattern.parse("/old/{id}/**");

    @ParameterizedTest
    @CsvSource({
        "https, , 0, https://shop.test/old/7/a?x=1",
        "https, www.shop.test, 0, https://www.shop.test/old/7/a?x=1",
        "https, www.shop.test, 8443, https://www.shop.test:8443/old/7/a?x=1",
        ", www.shop.test, 0, //www.shop.test/old/7/a?x=1",
        ", , 8443, //shop.test:8443/old/7/a?x=1",
    })
    void keepsWhatIsNotSaidAsTheClientAskedForIt(
            @Nullable String scheme, @Nullable String host, int port, String location) {
        Redirect redirect = new Redirect(new Authority(scheme, host, port), Rewrite.of(FROM, null), 308);

        assertEquals(location, location(redirect, "/old/7/a", "x=1"));
    }

    @Test
    void carriesSegmentsIntoThePath() {
        Redirect redirect = new Redirect(null, Rewrite.of(FROM, PathPattern.parse("/new/{id}/**")), 301);
        Reply reply = redirect.reply(request("/old/7/a/b", null));

        assertEquals(301, reply.status());
        assertEquals("/new/7/a/b", reply.headers().get("location"));
        assertEquals("", reply.body());
    }

    @Test
    void rejectsAStatusThatIsNoRedirect() {
        Rewrite path = Rewrite.of(FROM, null);

        assertThrows(IllegalArgumentException.class, () -> new Redirect(null, path, 304));
    }

    /** A location without an authority stays on the request's host; one with an authority has the configured one. */
    @Test
    void neverLeadsToAHostThatTheRequestChose() {
        PathPattern from = PathPattern.parse("/go/**");
        Redirect onHost = new Redirect(null, Rewrite.of(from, PathPattern.parse("/**")), 302);
        Redirect toHost = new Redirect(
                new Authority("https", "www.shop.test", 0), Rewrite.of(from, PathPattern.parse("/**")), 302);
        List<String> pieces =
                List.of("/", "//", "\\", "%2f", "%5c", "evil.test", "@", ":", ";", "..", ".", "%09", "?", "a");
        Random random = new Random(7);
        int redirected = 0;
        for (int i = 0; i < 20_000; i++) {
            StringBuilder path = new StringBuilder("/go/");
            for (int n = random.nextInt(6); n > 0; n--) {
                path.append(pieces.get(random.nextInt(pieces.size())));
            }
            if (RequestPath.parse(path.toString()) instanceof RequestPath.Parsed.Ok ok
                    && ok.path().matched().startsWith("/go")
                    && (ok.path().matched().length() == 3 || ok.path().matched().charAt(3) == '/')) {
                Request request = new Request("shop.test", ok.path(), null);
                String here = onHost.reply(request).headers().get("location");
                String there = toHost.reply(request).headers().get("location");
                assertFalse(here.startsWith("//") || !here.startsWith("/"), here);
                assertNull(URI.create(here).getAuthority());
                assertEquals("www.shop.test", URI.create(there).getAuthority());
                redirected++;
            }
        }
        assertFalse(redirected < 1_000, () -> "too few paths were valid");
    }

    private static @Nullable String location(Redirect redirect, String path, @Nullable String query) {
        return redirect.reply(request(path, query)).headers().get("location");
    }

    private static Request request(String path, @Nullable String query) {
        return new Request("shop.test", ((RequestPath.Parsed.Ok) RequestPath.parse(path)).path(), query);
    }
}
