package dev.clew.access;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * SHA-256 (FIPS 180-4) of a secret, which it does not tell. What is looked up by it cannot be guessed piece by piece from the
 * time that takes: who changes a secret a little changes all of its digest.
 */
public record Digest(long first, long second, long third, long fourth) {

    private static final String ALGORITHM = "SHA-256";
    private static final String PREFIX = "sha256:";
    private static final int HEX_DIGITS = 64;

    public static Digest of(String secret) {
        try {
            return read(MessageDigest.getInstance(ALGORITHM).digest(secret.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has to have " + ALGORITHM, e);
        }
    }

    /**
     * Reads {@code sha256:} and 64 hexadecimal digits.
     *
     * @throws IllegalArgumentException saying what was expected, without repeating the text
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
