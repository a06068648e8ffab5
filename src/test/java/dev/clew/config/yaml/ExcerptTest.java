package dev.clew.config.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExcerptTest {

    @Test
    void isTheLineWithThatNumber() {
        assertEquals("a: 1", Excerpt.of("a: 1\nb: 2\n", 1));
        assertEquals("  b: 2", Excerpt.of("a: 1\n  b: 2  ", 2));
        assertEquals("", Excerpt.of("a: 1\n", 3));
        assertEquals("", Excerpt.of("a: 1\n", 0));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            endpoints: ["http://me:pw@stock"]        | endpoints: ["…@stock"]
            url: https://a.test/keys?token=abc       | url: https://a.test/keys?…
            path: /healthz?key=abc                   | path: /healthz?…
            path-regex: /a?b                         | path-regex: /a?b
            authorization: "Bearer abc.def"          | authorization: "Bearer …"
            header: basic abc                        | header: basic …
            key: 0123456789abcdef0123456789abcdef    | key: …
            host: orders-v2.acme-production.svc.cluster.local:8080 | host: orders-v2.acme-production.svc.cluster.local:8080
            """)
    void leavesOutWhatMayBeACredential(String line, String shown) {
        assertEquals(shown, Excerpt.of(line, 1));
    }

    @Test
    void isOneShortLine() {
        assertEquals("x".repeat(120) + "…", Excerpt.of("x".repeat(500), 1));
        assertEquals("a?b", Excerpt.of("a\u0007b", 1));
    }
}
