package dev.clew.tls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.netty.handler.ssl.OpenSslSessionTicketKey;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TicketSecretsTest {

    private static final String FIRST = "a".repeat(32);
    private static final String SECOND = "b".repeat(40);

    private static TicketSecrets secrets(String text) {
        return TicketSecrets.of(text.getBytes(StandardCharsets.UTF_8));
    }

    private static OpenSslSessionTicketKey[] keys(String text, String owner) {
        return Objects.requireNonNull(secrets(text)).keys(owner.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n \n", "too short", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\nshort"})
    void acceptsNoFileWithoutAGoodSecretInEachLine(String text) {
        assertNull(secrets(text));
    }

    @Test
    void acceptsNoMoreThanEight() {
        assertNotNull(secrets((FIRST + '\n').repeat(8)));
        assertNull(secrets((FIRST + '\n').repeat(9)));
    }

    @Test
    void readsLinesHoweverTheyEnd() {
        assertEquals(secrets(FIRST + '\n' + SECOND), secrets("\n" + FIRST + "\r\n\n " + SECOND + "\r\n"));
        assertNotEquals(secrets(FIRST + '\n' + SECOND), secrets(SECOND + '\n' + FIRST));
    }

    @Test
    void makesTheSameKeysAtEveryReplica() {
        OpenSslSessionTicketKey[] here = keys(FIRST + '\n' + SECOND, "a");
        OpenSslSessionTicketKey[] there = keys(SECOND + '\n' + FIRST, "a");

        assertEquals(2, here.length);
        assertArrayEquals(here[0].name(), there[1].name());
        assertArrayEquals(here[0].hmacKey(), there[1].hmacKey());
        assertArrayEquals(here[0].aesKey(), there[1].aesKey());
    }

    @Test
    void makesUnrelatedKeysForEachOwnerAndSecret() {
        OpenSslSessionTicketKey[] first = keys(FIRST + '\n' + SECOND, "a");
        OpenSslSessionTicketKey other = keys(FIRST, "b")[0];

        for (OpenSslSessionTicketKey key : new OpenSslSessionTicketKey[] {first[1], other}) {
            assertFalse(Arrays.equals(first[0].name(), key.name()));
            assertFalse(Arrays.equals(first[0].hmacKey(), key.hmacKey()));
            assertFalse(Arrays.equals(first[0].aesKey(), key.aesKey()));
        }
    }

    @Test
    void isNeverWritten() {
        assertEquals("TicketSecrets", Objects.requireNonNull(secrets(FIRST)).toString());
    }
}
