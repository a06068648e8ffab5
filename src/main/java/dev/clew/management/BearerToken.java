package dev.clew.management;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * A secret that callers show in {@code Authorization: Bearer} (RFC 6750 section 2.1). Never shows itself. Safe for
 * several threads.
 */
public final class BearerToken {

    /** In characters; what is shorter could be guessed. */
    public static final int SHORTEST = 16;

    /** For a file that holds none: nobody has it. */
    public static final BearerToken NONE = new BearerToken(new byte[0]);

    private static final String SCHEME = "bearer ";

    private final byte[] bytes;

    private BearerToken(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * The token in a text; white space around it does not belong to it.
     *
     * @return null when fewer than {@value #SHORTEST} characters are left, or one of them cannot stand in a field
     */
    public static @Nullable BearerToken of(String text) {
        String token = text.strip();
        boolean sendable = token.chars().allMatch(c -> c > ' ' && c < 0x7f);
        return sendable && token.length() >= SHORTEST
                ? new BearerToken(token.getBytes(StandardCharsets.US_ASCII))
                : null;
    }

    /**
     * Returns whether a request shows this token. Takes as long wherever the two differ.
     *
     * @param authorization the field's value, or null
     */
    public boolean matches(@Nullable String authorization) {
        if (bytes.length == 0
                || authorization == null
                || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return false;
        }
        String shown = authorization.substring(SCHEME.length()).strip();
        return MessageDigest.isEqual(bytes, shown.getBytes(StandardCharsets.UTF_8));
    }

    boolean isSame(BearerToken other) {
        return MessageDigest.isEqual(bytes, other.bytes);
    }

    @Override
    public String toString() {
        return "BearerToken";
    }
}
