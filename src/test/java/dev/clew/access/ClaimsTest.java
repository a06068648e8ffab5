package dev.clew.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Comparison of claims, and their form in header fields. */
class ClaimsTest {

    private static Claims of(String name, Object value) {
        return new Claims(Map.of(name, value));
    }

    @Test
    void findsWholeScopesOnly() {
        Claims claims = of("scope", "orders:reader orders:read x");

        assertTrue(claims.hasScope("orders:read"));
        assertTrue(claims.hasScope("x"));
        assertFalse(claims.hasScope("orders"));
        assertFalse(claims.hasScope("read"));
        assertFalse(Claims.NONE.hasScope("x"));
    }

    @Test
    void findsScopesUnderTheOtherNameAndInLists() {
        assertTrue(of("scp", List.of("a", "b")).hasScope("b"));
        assertTrue(of("scp", "a b").hasScope("b"));
        assertFalse(of("scp", List.of("a b")).hasScope("b"));
        assertFalse(new Claims(Map.of("scope", "a", "scp", "b")).hasScope("b"));
    }

    @Test
    void escapesCharactersThatCouldEndALineOrAField() {
        assertEquals("a b", of("n", "a b").field("n"));
        assertEquals("%20a%20", of("n", " a ").field("n"));
        assertEquals("a%0Ab%00%7F", of("n", "a\nb\u0000\u007f").field("n"));
        assertEquals("7", of("n", 7).field("n"));
        assertEquals("true,a%2Cb", of("n", List.of(true, "a,b")).field("n"));
    }

    @Test
    void hasNoFieldForUnwritableValues() {
        assertNull(of("n", "").field("n"));
        assertNull(of("n", "x".repeat(4097)).field("n"));
        assertNull(of("n", Map.of("a", 1)).field("n"));
        assertNull(of("n", List.of(List.of("a"))).field("n"));
        assertNull(Claims.NONE.field("n"));
    }
}
