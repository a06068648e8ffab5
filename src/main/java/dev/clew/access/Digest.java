package dev.clew.access;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The SHA-256 (FIPS 180-4) digest of a secret. Lookup by digest leaks nothing through its timing: a small change of the
 * secret changes all of the digest.
 */
public record Digest(long first, long second, long third, long fourth) {

    private static final String ALGORITHM = "SHA-256";
    private static final String PREFIX = "sha256:";
    private static final int HEX_DIGITS = 64;

    public static Digest of(String secret) {
        try {
            return read(MessageDigest.getInstance(ALGORITHM).digest(secret.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform supports " + ALGORITHM, e);
        }
    }

    /**
     * Parses {@code sha256:} and 64 hexadecimal digits.
     *
     * @throws IllegalArgumentException with the expected format, without the text
     */
    public static Digest parse(String text) {
        if (text.length() == PREFIX.length() + HEX_DIGITS && text.startsWith(PREFIX)) {
            try {
                return read(HexFormat.of().parseHex(text, PREFIX.length(), text.length()));
            } catch (IllegalArgumentException noHex) {
                throw expected(noHex);
            }
        }
        throw expected(null);
    }

    /** Returns the text that {@link #parse} reads. */
    public String text() {
        HexFormat hex = HexFormat.of();
        return PREFIX
                + hex.toHexDigits(first)
                + hex.toHexDigits(second)
                + hex.toHexDigits(third)
                + hex.toHexDigits(fourth);
    }

    private static Digest read(byte[] bytes) {
        ByteBuffer words = ByteBuffer.wrap(bytes);
        return new Digest(words.getLong(), words.getLong(), words.getLong(), words.getLong());
    }

    private static IllegalArgumentException expected(@Nullable Throwable cause) {
        return new IllegalArgumentException("expected: sha256: and 64 hexadecimal digits", cause);
    }

    @Override
    public String toString() {
        return "digest";
    }
}
