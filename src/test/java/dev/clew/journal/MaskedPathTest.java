package dev.clew.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaskedPathTest {

    @ParameterizedTest
    @CsvSource({
        "/, /",
        "/orders, /orders",
        "/orders/, /orders/",
        "//a, //a",
        "/orders/4711, /orders/*",
        "/users/jo@example.com/mail, /users/*/mail",
        "/a%20b, /*",
        "/twentyfour-letters-long-x, /*",
        "/twentyfour-letters-long, /twentyfour-letters-long",
        "/naïve, /*",
        "/a;b=c, /*",
        "*, *",
    })
    void masksWhatMayNameAPerson(String path, String masked) {
        assertEquals(masked, MaskedPath.of(path));
    }

    @Test
    void boundsTheLength() {
        String masked = MaskedPath.of("/segment".repeat(1000));
        assertTrue(masked.length() < 250, masked);
        assertTrue(masked.endsWith("/..."), masked);
    }
}
