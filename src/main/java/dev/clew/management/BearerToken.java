package dev.clew.management;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A secret that callers send as {@code Authorization: Bearer} (RFC 6750 section 2.1). Never contained in {@link
 * #toString}. Safe for several threads.
 */
public final class BearerToken {

    /** The minimum length in characters; shorter tokens could be guessed. */
    public static final int SHORTEST = 16;

    private static final String SCHEME = "bearer ";
    private static final String COOKIE_PREFIX = "clew-console:";

    private final byte[] bytes;

    private BearerToken(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * Parses the token in a text, without surrounding white space.
     *
     * @return null if it is shorter than {@value #SHORTEST} characters, or has one that is invalid in a field
     */
    public static @Nullable BearerToken of(String text) {
        String token = text.strip();
        boolean sendable = token.chars().allMatch(c -> c > ' ' && c < 0x7f);
        return sendable && token.length() >= SHORTEST
                ? new BearerToken(token.getBytes(StandardCharsets.US_ASCII))
                : null;
    }

    /**
     * Returns whether a request has this token, in constant time.
     *
     * @param authorization the field's value, or null
     */
    public boolean matches(@Nullable String authorization) {
        if (authorization == null || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return false;
        }
        String shown = authorization.substring(SCHEME.length()).strip();
        return MessageDigest.isEqual(bytes, shown.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Returns a value derived from the token, by which a browser that has shown it loads the console's files, which
     * scripts cannot request with a field. Opens nothing else, and does not reveal the token.
     */
    String cookie() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(COOKIE_PREFIX.getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(digest.digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            // Every Java platform has it (MessageDigest's own documentation).
            throw new IllegalStateException(impossible);
        }
    }

    /** Returns whether this is the token's {@link #cookie}, in constant time. */
    boolean isCookie(String value) {
        return MessageDigest.isEqual(
                cookie().getBytes(StandardCharsets.US_ASCII), value.getBytes(StandardCharsets.UTF_8));
    }

    boolean isSame(BearerToken other) {
        return MessageDigest.isEqual(bytes, other.bytes);
    }

    @Override
    public String toString() {
        return "BearerToken";
    }
}
