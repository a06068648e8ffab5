package dev.clew.trace.force;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** The key that tokens are signed with, by HMAC-SHA256 (RFC 2104). Never shows itself. Safe for several threads. */
public final class ForceKey {

    /** As many bytes as the digest has; RFC 2104 section 3 discourages shorter keys. */
    public static final int SHORTEST = 32;

    /** Characters of a signature: base64url without padding (RFC 4648 section 5) of 32 bytes. */
    static final int SIGNATURE_LENGTH = 43;

    private static final String ALGORITHM = "HmacSHA256";
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final byte[] bytes;

    private ForceKey(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * The key that a file holds.
     *
     * @param content taken as it is, but for one line break at its end
     * @return null when fewer than {@value #SHORTEST} bytes are left
     */
    public static @Nullable ForceKey of(byte[] content) {
        int length = content.length;
        if (length > 0 && content[length - 1] == '\n') {
            length -= length > 1 && content[length - 2] == '\r' ? 2 : 1;
        }
        return length < SHORTEST ? null : new ForceKey(Arrays.copyOf(content, length));
    }

    /**
     * Whether this key gives that signature. Takes as long wherever they differ, and
     * compares what is written rather than what it stands for: base64 can write the same bytes in several ways.
     */
    boolean hasSigned(String signed, String signature) {
        byte[] expected = BASE64.encode(sign(signed.getBytes(StandardCharsets.UTF_8)));
        return MessageDigest.isEqual(expected, signature.getBytes(StandardCharsets.UTF_8));
    }

    /** A {@link Mac} is not thread-safe, and made only for a request that brings a token. */
    private byte[] sign(byte[] message) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(bytes, ALGORITHM));
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has to have " + ALGORITHM, e);
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
