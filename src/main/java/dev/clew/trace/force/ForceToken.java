package dev.clew.trace.force;

import org.jspecify.annotations.Nullable;

/**
 * A token that forces one request to be traced: {@code v1.<tenant>.<expiry>.<signature>}.
 *
 * <p>The tenant is an ID, or {@code *} for any host, including unknown ones. The expiry is in seconds since 1970. The
 * signature is HMAC-SHA256 of the text before its dot, in base64url without padding.
 */
final class ForceToken {

    /** The bound on the remaining validity, so that a leaked token is soon useless. */
    static final long LONGEST_VALIDITY_SECONDS = 24 * 60 * 60;

    private static final String VERSION = "v1.";
    private static final String ANY_TENANT = "*";
    private static final int LONGEST_TENANT = 63;
    private static final int LONGEST_EXPIRY = 12;
    /** A tenant of one character, an expiry of one digit, two dots. */
    private static final int SHORTEST = VERSION.length() + 4 + ForceKey.SIGNATURE_LENGTH;

    private static final int LONGEST =
            VERSION.length() + LONGEST_TENANT + LONGEST_EXPIRY + 2 + ForceKey.SIGNATURE_LENGTH;
    private static final long NONE = -1;

    private ForceToken() {}

    /**
     * Checks a token. Only a token signed with the key yields more than {@link ForceOutcome#INVALID}. Never throws.
     *
     * @param token as received, unchecked
     * @param tenant the ID of the request's tenant, or null for an unknown host
     * @param nowSeconds since 1970
     */
    static ForceOutcome check(String token, @Nullable String tenant, long nowSeconds, ForceKey key) {
        int length = token.length();
        if (length < SHORTEST || length > LONGEST || !token.startsWith(VERSION)) {
            return ForceOutcome.INVALID;
        }
        int signatureDot = length - ForceKey.SIGNATURE_LENGTH - 1;
        int expiryDot = token.lastIndexOf('.', signatureDot - 1);
        if (token.charAt(signatureDot) != '.' || expiryDot <= VERSION.length()) {
            return ForceOutcome.INVALID;
        }
        long expiry = expiry(token, expiryDot + 1, signatureDot);
        if (expiry == NONE || !key.hasSigned(token.substring(0, signatureDot), token.substring(signatureDot + 1))) {
            return ForceOutcome.INVALID;
        }
        if (nowSeconds > expiry) {
            return ForceOutcome.EXPIRED;
        }
        if (expiry - nowSeconds > LONGEST_VALIDITY_SECONDS) {
            return ForceOutcome.INVALID;
        }
        String bearer = token.substring(VERSION.length(), expiryDot);
        return bearer.equals(ANY_TENANT) || bearer.equals(tenant) ? ForceOutcome.ACCEPTED : ForceOutcome.FOREIGN_TENANT;
    }

    /** Returns the part of a token that is signed. */
    static String signed(@Nullable String tenant, long expirySeconds) {
        return VERSION + (tenant == null ? ANY_TENANT : tenant) + '.' + expirySeconds;
    }

    /** Returns the number in the range, or {@link #NONE} if it is not one. */
    private static long expiry(String token, int from, int to) {
        if (from == to || to - from > LONGEST_EXPIRY) {
            return NONE;
        }
        long expiry = 0;
        for (int i = from; i < to; i++) {
            char c = token.charAt(i);
            if (c < '0' || c > '9') {
                return NONE;
            }
            expiry = expiry * 10 + (c - '0');
        }
        return expiry;
    }
}
