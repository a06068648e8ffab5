package dev.clew.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.clew.testing.Tokens;
import java.math.BigInteger;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The keys accepted from a key set. */
class KeySetTest {

    private static final int USUAL_EXPONENT_BITS = 17;

    private static String rsa(int modulusBits, int exponentBits) {
        return "{\"kty\":\"RSA\",\"n\":\"" + number(modulusBits) + "\",\"e\":\"" + number(exponentBits) + "\"}";
    }

    /** Returns an odd number of this many bits. */
    private static String number(int bits) {
        byte[] bytes = BigInteger.ONE.shiftLeft(bits - 1).setBit(0).toByteArray();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String set(String... keys) {
        return "{\"keys\":[" + String.join(",", keys) + "]}";
    }

    /** Verifying a token with such a key would keep an event loop busy. */
    @ParameterizedTest
    @CsvSource({"4097, 17", "16384, 17", "16384, 64", "3072, 33", "3072, 3072"})
    void skipsKeysThatVerifySlowly(int modulusBits, int exponentBits) {
        String slow = rsa(modulusBits, exponentBits);

        assertThrows(IllegalArgumentException.class, () -> KeySet.parse(set(slow)));
        assertEquals(
                "key set of 2",
                KeySet.parse(set(slow, rsa(2048, USUAL_EXPONENT_BITS), rsa(4096, USUAL_EXPONENT_BITS)))
                        .toString());
    }

    @ParameterizedTest
    @CsvSource({"'\"use\":\"enc\",'", "'\"key_ops\":[\"encrypt\"],'"})
    void skipsKeysThatAreNotForSignatures(String says) {
        String key = rsa(2048, USUAL_EXPONENT_BITS);

        assertThrows(IllegalArgumentException.class, () -> KeySet.parse(set(key.replace("{", "{" + says))));
        KeySet.parse(set(key));
    }

    @Test
    void isEqualWhenItsTextIs() {
        String text = Tokens.keySet(Tokens.ec("a"));

        assertEquals(KeySet.parse(text), KeySet.parse(text));
    }
}
