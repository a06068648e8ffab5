package dev.clew.config.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Parsing of each kind and format of private key, and its match with the public key. */
class PrivateKeysTest {

    /** The length of the bytes in PKCS #8 before an RSA key of 2048 bits in PKCS #1 (RFC 5958 section 2). */
    private static final int BEFORE_PKCS1 = 26;

    private static KeyPair pair(String algorithm) throws GeneralSecurityException {
        return KeyPairGenerator.getInstance(algorithm).generateKeyPair();
    }

    private static String pem(String label, byte[] der) {
        String text = Base64.getMimeEncoder().encodeToString(der);
        return "-----BEGIN " + label + "-----\r\n" + text + "\r\n-----END " + label + "-----\r\n";
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC", "Ed25519"})
    void readsEachKindAndKnowsItsOwn(String algorithm) throws GeneralSecurityException {
        KeyPair pair = pair(algorithm);
        KeyPair other = pair(algorithm);

        assertEquals(
                pair.getPrivate(),
                PrivateKeys.parse(pem("PRIVATE KEY", pair.getPrivate().getEncoded())));
        assertTrue(PrivateKeys.belongs(pair.getPrivate(), pair.getPublic()));
        assertFalse(PrivateKeys.belongs(pair.getPrivate(), other.getPublic()));
        assertFalse(PrivateKeys.belongs(pair.getPrivate(), pair("DSA").getPublic()));
    }

    @Test
    void readsAnRsaKeyInPkcs1() throws GeneralSecurityException {
        byte[] pkcs8;
        KeyPair pair;
        do {
            // The leading lengths are fixed except for numbers that happen to be shorter.
            pair = pair("RSA");
            pkcs8 = pair.getPrivate().getEncoded();
        } while (pkcs8[BEFORE_PKCS1] != 0x30);
        byte[] pkcs1 = Arrays.copyOfRange(pkcs8, BEFORE_PKCS1, pkcs8.length);

        assertEquals(pair.getPrivate(), PrivateKeys.parse(pem("RSA PRIVATE KEY", pkcs1)));
    }
}
