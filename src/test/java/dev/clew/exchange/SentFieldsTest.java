package dev.clew.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.vertx.core.MultiMap;
import org.junit.jupiter.api.Test;

class SentFieldsTest {

    private final SentFields fields = new SentFields(
            MultiMap.caseInsensitiveMultiMap()
                    .add("X-One", "1")
                    .add("X-Two", "a")
                    .add("x-two", "b, c"),
            null);

    @Test
    void linesOfOneNameAreOneValue() {
        assertEquals("1", fields.header("x-one"));
        assertEquals("a, b, c", fields.header("X-TWO"));
        assertNull(fields.header("x-three"));
    }

    @Test
    void aMalformedTargetHasNoQuery() {
        assertNull(fields.query());
    }
}
