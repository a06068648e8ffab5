package dev.clew.trace.force;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** The key that signs tokens by HMAC-SHA256 (RFC 2104). Its text form never contains the key. Thread-safe. */
public final class ForceKey {

    /** The minimum length in bytes, that of the digest; RFC 2104 section 3 discourages shorter keys. */
    public static final int SHORTEST = 32;

    /** The length of a signature in characters: 32 bytes in base64url without padding (RFC 4648 section 5). */
    static final int SIGNATURE_LENGTH = 43;

    private static final String ALGORITHM = "HmacSHA256";
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final byte[] bytes;

    private ForceKey(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * Returns the key in a file.
     *
     * @param content used as it is, except for one line break at its end
     * @return null if fewer than {@value #SHORTEST} bytes remain
     */
    public static @Nullable ForceKey of(byte[] content) {
        int length = content.length;
        if (length > 0 && content[length - 1] == '\n') {
            length -= length > 1 && content[length - 2] == '\r' ? 2 : 1;
        }
        return length < SHORTEST ? null : new ForceKey(Arrays.copyOf(content, length));
    }

    /**
     * Returns true if this key produces the signature. Takes constant time and compares the encoded text, since base64
     * can encode the same bytes in several ways.
     */
    boolean hasSigned(String signed, String signature) {
        byte[] expected = BASE64.encode(sign(signed.getBytes(StandardCharsets.UTF_8)));
        return MessageDigest.isEqual(expected, signature.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Returns a token.
     *
     * @param tenant null for all tenants and unknown hosts
     * @param expirySeconds since 1970
     */
    public String token(@Nullable String tenant, long expirySeconds) {
        String signed = ForceToken.signed(tenant, expirySeconds);
        return signed + '.' + BASE64.encodeToString(sign(signed.getBytes(StandardCharsets.UTF_8)));
    }

    /** Signs a message; a {@link Mac} is not thread-safe, so one is created for each request with a token. */
    private byte[] sign(byte[] message) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(bytes, ALGORITHM));
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform provides " + ALGORITHM, e);
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ForceKey key && MessageDigest.isEqual(bytes, key.bytes);
    }

    @Override
    public int hashCode() {
        return ForceKey.class.hashCode();
    }

    @Override
    public String toString() {
        return "ForceKey";
    }
}
