package dev.clew.action;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CorsTest {

    @ParameterizedTest
    @CsvSource({
        "https://app.test, https://app.test, true",
        "https://app.test, http://app.test, false",
        "https://app.test, https://app.test:8443, false",
        "https://app.test, https://app.test.evil.test, false",
        "https://app.test, https://xapp.test, false",
        "https://app.test, null, false",
        "http://localhost:3000, http://localhost:3000, true",
        "https://*.app.test, https://a.app.test, true",
        "https://*.app.test, https://a.b.app.test, true",
        "https://*.app.test, https://app.test, false",
        "https://*.app.test, https://.app.test, false",
        "https://*.app.test, https://evilapp.test, false",
        "https://*.app.test, https://evil.test/.app.test, false",
        "https://*.app.test, https://evil.test:1.app.test, false",
        "https://*.app.test, https://evil.test@a.app.test, false",
        "https://*.app.test, https://a.app.test.evil.test, false",
        "https://*.app.test, https://a.app.test:8443, false",
        "https://*.app.test, http://a.app.test, false",
        "https://*.app.test:8443, https://a.app.test:8443, true",
    })
    void comparesOrigins(String pattern, String origin, boolean matches) {
        assertEquals(matches, OriginPattern.parse(pattern).matches(origin));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "app.test", "https://", "https://App.test", "https://app.test/", "https://app.test:443",
                "http://app.test:80", "https://*", "https://*.", "https://a.*.test", "*.app.test", "null",
                "https://a..test", "https://app.test:", "https://app.test:0", "ftp://app.test", "https://a@app.test"
            })
    void rejectsWhatNoBrowserSends(String pattern) {
        assertThrows(IllegalArgumentException.class, () -> OriginPattern.parse(pattern));
    }

    @Test
    void grantsTheOriginThatAsksAndNoOther() {
        Cors cors = cors(false, true);

        assertEquals(
                Map.of(
                        "access-control-allow-origin", "https://app.test",
                        "access-control-allow-credentials", "true",
                        "access-control-expose-headers", "x-trace-id",
                        "vary", "Origin"),
                cors.granted("https://app.test"));
        assertEquals(Map.of("vary", "Origin"), cors.granted("https://evil.test"));
        assertEquals(Map.of("vary", "Origin"), cors.granted(null));
    }

    @Test
    void grantsAnybodyTheSame() {
        assertEquals("*", cors(true, false).granted("null").get("access-control-allow-origin"));
        assertEquals(cors(true, false).granted(null), cors(true, false).granted("https://evil.test"));
    }

    @Test
    void respondsToAPreflightRequest() {
        assertEquals(
                Map.of(
                        "access-control-allow-origin", "https://app.test",
                        "access-control-allow-methods", "GET, PUT",
                        "access-control-allow-headers", "content-type",
                        "access-control-max-age", "600",
                        "vary", "Origin"),
                preflight(cors(false, false), "https://app.test"));
        assertEquals(Map.of("vary", "Origin"), preflight(cors(false, false), "https://evil.test"));
    }

    @Test
    void rejectsAnyBesideCredentials() {
        List<OriginPattern> origins = List.of(OriginPattern.parse("https://app.test"));
        Cors.AllowedOrigins allowed = new Cors.AllowedOrigins(false, origins, true);

        assertThrows(IllegalArgumentException.class, () -> cors(true, true));
        assertThrows(
                IllegalArgumentException.class,
                () -> new Cors(allowed, List.of("GET"), List.of("*"), List.of(), Duration.ZERO));
        assertThrows(
                IllegalArgumentException.class,
                () -> new Cors(allowed, List.of("GET"), List.of(), List.of("*"), Duration.ZERO));
    }

    private static Map<String, String> preflight(Cors cors, @Nullable String origin) {
        Reply reply = cors.preflight(origin);
        assertEquals(204, reply.status());
        return reply.headers();
    }

    private static Cors cors(boolean anyOrigin, boolean credentials) {
        return new Cors(
                new Cors.AllowedOrigins(anyOrigin, List.of(OriginPattern.parse("https://app.test")), credentials),
                List.of("GET", "PUT"),
                List.of("content-type"),
                List.of("x-trace-id"),
                Duration.ofMinutes(10));
    }
}
