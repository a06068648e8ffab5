package dev.clew.config.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExcerptTest {

    @Test
    void isTheLineWithThatNumber() {
        assertEquals("a: …", Excerpt.of("a: 1\nb: 2\n", 1));
        assertEquals("  b: …", Excerpt.of("a: 1\n  b: 2  ", 2));
        assertEquals("", Excerpt.of("a: 1\n", 3));
        assertEquals("", Excerpt.of("a: 1\n", 0));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            routes:                                  | routes:
            endpoints: ["http://me:pw@stock"]        | endpoints: …
            - name: orders                           | - name: …
            - - a: 1                                 | - - a: …
            authorization: ApiKey 9f8b7c6d-1234: x   | authorization: …
            x-api-key: @S3cret!pass                  | x-api-key: …
            @S3cret!pass                             | ``
            - hunter2                                | ``
            hunter2                                  | ``
            my secret: x                             | ``
            {path: /a, other: 1}                     | ``
            a?b: 1                                   | ``
            """)
    void showsKeysAndNoValue(String line, String shown) {
        assertEquals(shown, Excerpt.of(line, 1));
    }

    @Test
    void showsNoLongKey() {
        assertEquals("", Excerpt.of("x".repeat(41) + ": 1", 1));
    }
}
