package dev.clew.config.yaml;

import io.vertx.core.VertxException;
import io.vertx.core.net.impl.pkcs1.PrivateKeyParser;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;

/** A parser of private keys in PEM: RFC 7468 section 10, and the older PKCS #1 (RSA) and SEC 1 (EC). */
public final class PrivateKeys {

    static final String EXPECTED = "expected: a PEM file of a private key without a password, RSA, EC or EdDSA";

    private static final String BEGIN = "-----BEGIN ";
    private static final String END = "PRIVATE KEY-----";
    private static final List<String> ALGORITHMS = List.of("EC", "RSA", "EdDSA");

    private PrivateKeys() {}

    /** @throws IllegalArgumentException with the expected format, without any content */
    static PrivateKey parse(String pem) {
        int labelEnd = pem.indexOf(END);
        int begin = labelEnd < 0 ? -1 : pem.lastIndexOf(BEGIN, labelEnd);
        int end = labelEnd < 0 ? -1 : pem.indexOf("-----END ", labelEnd);
        if (begin < 0 || end < 0) {
            throw new IllegalArgumentException(EXPECTED);
        }
        String format = pem.substring(begin + BEGIN.length(), labelEnd).strip();
        try {
            byte[] key = Base64.getMimeDecoder().decode(pem.substring(labelEnd + END.length(), end));
            return switch (format) {
                case "" -> pkcs8(key);
                case "RSA" -> KeyFactory.getInstance("RSA").generatePrivate(PrivateKeyParser.getRSAKeySpec(key));
                case "EC" -> KeyFactory.getInstance("EC").generatePrivate(PrivateKeyParser.getECKeySpec(key));
                default -> throw new IllegalArgumentException(EXPECTED);
            };
        } catch (GeneralSecurityException | VertxException | IndexOutOfBoundsException malformed) {
            // Without the cause, whose message might quote the key.
            throw new IllegalArgumentException(EXPECTED);
        }
    }

    /** Tries each algorithm, the only way to detect it short of parsing the structure. */
    private static PrivateKey pkcs8(byte[] key) throws GeneralSecurityException {
        InvalidKeySpecException rejected = new InvalidKeySpecException();
        for (String algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(key));
            } catch (InvalidKeySpecException otherKind) {
                rejected = otherKind;
            }
        }
        throw rejected;
    }

    /** Returns whether private and public key are a pair. */
    public static boolean belongs(PrivateKey key, PublicKey certified) {
        if (!key.getAlgorithm().equals(certified.getAlgorithm())) {
            return false;
        }
        if (key instanceof RSAPrivateKey mine && certified instanceof RSAPublicKey theirs) {
            // Faster than a signature, which would take a second for a thousand tenants.
            return mine.getModulus().equals(theirs.getModulus());
        }
        try {
            Signature signature = Signature.getInstance(key.getAlgorithm().equals("EC") ? "SHA256withECDSA" : "EdDSA");
            signature.initSign(key);
            signature.update((byte) 1);
            byte[] signed = signature.sign();
            signature.initVerify(certified);
            signature.update((byte) 1);
            return signature.verify(signed);
        } catch (GeneralSecurityException otherKind) {
            return false;
        }
    }
}
