package dev.clew.access;

import java.security.PublicKey;
import java.util.Map;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/**
 * Verifies tokens: first the signature (RFC 7515 section 5.2), by an algorithm that the scheme permits and a suitable
 * key, then the claims (RFC 7519 section 4.1). Ignores keys, and URLs of keys, within the token.
 */
public final class TokenCheck {

    /** The result of a verification. */
    public sealed interface Outcome {

        /** @param untilSeconds expiry, since 1970 */
        record Accepted(Identity identity, long untilSeconds) implements Outcome {}

        /** No known key fits; the token may be signed with a newer one. */
        record UnknownKey() implements Outcome {}

        /** @param reason for the operator; contains no part of the token */
        record Rejected(String reason) implements Outcome {}
    }

    private static final Outcome MALFORMED = new Outcome.Rejected("not a signed JWT");
    private static final Outcome ALGORITHM = new Outcome.Rejected("the token's algorithm is not allowed");
    private static final Outcome UNKNOWN_KEY = new Outcome.UnknownKey();
    private static final Outcome SIGNATURE = new Outcome.Rejected("the token's signature is invalid");
    private static final Outcome ISSUER = new Outcome.Rejected("the token has another issuer");
    private static final Outcome AUDIENCE = new Outcome.Rejected("the token is for another audience");
    private static final Outcome LIFETIME = new Outcome.Rejected("the token's times are missing or malformed");
    private static final Outcome EXPIRED = new Outcome.Rejected("the token has expired");
    private static final Outcome TOO_EARLY = new Outcome.Rejected("the token is not valid yet");

    /**
     * The bound on the token's header, which is not authenticated: parsing a longer one takes longer than verifying a
     * signature.
     */
    private static final int LONGEST_HEAD = 4096;

    private final JsonWebTokens scheme;
    private final AlgorithmConstraints allowed;

    public TokenCheck(JsonWebTokens scheme) {
        this.scheme = scheme;
        this.allowed = new AlgorithmConstraints(
                ConstraintType.PERMIT, scheme.algorithms().toArray(String[]::new));
    }

    /**
     * Verifies a token. Never throws.
     *
     * @param token as received, any string
     * @param nowSeconds since 1970
     */
    public Outcome check(String token, KeySet keys, long nowSeconds) {
        if (token.indexOf('.') > LONGEST_HEAD || !isCompact(token)) {
            return MALFORMED;
        }
        try {
            JsonWebSignature signature = new JsonWebSignature();
            signature.setAlgorithmConstraints(allowed);
            signature.setCompactSerialization(token);
            String algorithm = signature.getAlgorithmHeaderValue();
            if (algorithm == null || !scheme.algorithms().contains(algorithm)) {
                return ALGORITHM;
            }
            PublicKey key = keys.find(signature.getKeyIdHeaderValue(), algorithm, signature.getKeyType());
            if (key == null) {
                return UNKNOWN_KEY;
            }
            signature.setKey(key);
            return signature.verifySignature()
                    ? judge(JsonUtil.parseJson(signature.getPayload()), nowSeconds)
                    : SIGNATURE;
        } catch (JoseException | RuntimeException malformed) {
            // Includes exceptions that the parser does not declare: a token must not cause an internal error.
            return MALFORMED;
        }
    }

    /** RFC 7515 section 7.1. The library would skip other characters, and so accept several spellings of one token. */
    private static boolean isCompact(String token) {
        for (int i = 0; i < token.length(); i++) {
            char c = token.charAt(i);
            boolean letterOrDigit = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (!letterOrDigit && c != '-' && c != '_' && c != '.') {
                return false;
            }
        }
        return true;
    }

    private Outcome judge(Map<String, Object> values, long nowSeconds) {
        Claims claims = new Claims(values);
        if (!scheme.issuer().equals(claims.string("iss"))) {
            return ISSUER;
        }
        if (!matchesAudience(claims)) {
            return AUDIENCE;
        }
        Long expiry = seconds(values.get("exp"));
        Long start = values.containsKey("nbf") ? seconds(values.get("nbf")) : Long.valueOf(0);
        if (expiry == null || start == null) {
            return LIFETIME;
        }
        if (nowSeconds - scheme.leewaySeconds() >= expiry) {
            return EXPIRED;
        }
        return nowSeconds + scheme.leewaySeconds() < start
                ? TOO_EARLY
                : new Outcome.Accepted(scheme.identity(claims), expiry + scheme.leewaySeconds());
    }

    private boolean matchesAudience(Claims claims) {
        for (String audience : scheme.audiences()) {
            if (claims.holds("aud", audience)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Returns a NumericDate (RFC 7519 section 2), which may have a fraction; null for other values. Clamped to 10^12.
     */
    private static @Nullable Long seconds(@Nullable Object value) {
        double seconds = value instanceof Number number ? number.doubleValue() : Double.NaN;
        return Double.isNaN(seconds) ? null : Long.valueOf((long) Math.min(Math.max(seconds, 0), 1e12));
    }
}
