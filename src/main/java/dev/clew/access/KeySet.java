package dev.clew.access;

import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.List;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/** The public keys of an issuer (RFC 7517 section 5); equal when their text is. */
public final class KeySet {

    /** A larger set would be a mistake, or an attempt to make lookups slow. */
    private static final int MAX_KEYS = 100;

    /**
     * With larger numbers a single verification blocks an event loop, which tenants share, for tens of milliseconds.
     */
    private static final int MAX_MODULUS_BITS = 4096;

    private static final int MAX_EXPONENT_BITS = 32;

    private record Known(@Nullable String id, @Nullable String algorithm, String type, PublicKey key) {}

    private final String text;
    private final List<Known> keys;

    private KeySet(String text, List<Known> keys) {
        this.text = text;
        this.keys = List.copyOf(keys);
    }

    /**
     * Parses a JSON Web Key set, which may take long. Skips keys that cannot verify signatures, or only slowly, and
     * keys of unknown types.
     *
     * @throws IllegalArgumentException with the expected format, without the text
     */
    public static KeySet parse(String text) {
        List<JsonWebKey> written;
        try {
            written = new JsonWebKeySet(text).getJsonWebKeys();
        } catch (JoseException | RuntimeException malformed) {
            throw new IllegalArgumentException("expected: a JSON Web Key set", malformed);
        }
        List<Known> keys = new ArrayList<>();
        for (JsonWebKey key : written) {
            if (key instanceof PublicJsonWebKey known
                    && verifiesQuickly(known.getPublicKey())
                    && isForSignatures(key)) {
                keys.add(new Known(key.getKeyId(), key.getAlgorithm(), key.getKeyType(), known.getPublicKey()));
            }
        }
        if (keys.isEmpty() || keys.size() > MAX_KEYS) {
            throw new IllegalArgumentException(
                    "expected: a JSON Web Key set with 1 to " + MAX_KEYS + " public keys for signatures");
        }
        return new KeySet(text, keys);
    }

    private static boolean verifiesQuickly(@Nullable PublicKey key) {
        return key instanceof RSAPublicKey rsa
                ? rsa.getModulus().bitLength() <= MAX_MODULUS_BITS
                        && rsa.getPublicExponent().bitLength() <= MAX_EXPONENT_BITS
                : key != null;
    }

    /** RFC 7517 sections 4.2 and 4.3. */
    private static boolean isForSignatures(JsonWebKey key) {
        boolean forSignatures = key.getUse() == null || key.getUse().equals("sig");
        return forSignatures && (key.getKeyOps() == null || key.getKeyOps().contains("verify"));
    }

    /**
     * Returns the key that a token names or, without a key ID, the only key that fits.
     *
     * @return null when there is none, or more than one
     */
    @Nullable PublicKey find(@Nullable String id, String algorithm, String keyType) {
        PublicKey found = null;
        for (Known key : keys) {
            boolean suits = key.type.equals(keyType) && (key.algorithm == null || key.algorithm.equals(algorithm));
            if (suits && (id == null || id.equals(key.id))) {
                if (found != null) {
                    return null;
                }
                found = key.key;
            }
        }
        return found;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof KeySet set && text.equals(set.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return "key set of " + keys.size();
    }
}
