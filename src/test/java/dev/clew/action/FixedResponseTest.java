package dev.clew.action;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FixedResponseTest {

    @Test
    void countsTheBodyInBytes() {
        String two = "é".repeat(FixedResponse.MAX_BODY / 2);

        assertEquals(
                FixedResponse.MAX_BODY / 2,
                new FixedResponse(200, "text/plain", two).reply(null).body().length());
        assertThrows(IllegalArgumentException.class, () -> new FixedResponse(200, "text/plain", two + "a"));
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 205, 304})
    void rejectsABodyWhereNoneMayBe(int status) {
        assertThrows(IllegalArgumentException.class, () -> new FixedResponse(status, "text/plain", "a"));
        assertEquals(
                status, new FixedResponse(status, "text/plain", "").reply(null).status());
    }
}
