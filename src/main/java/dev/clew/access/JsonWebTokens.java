package dev.clew.access;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A scheme of JSON Web Tokens signed by an issuer (RFC 7519, with the precautions of RFC 8725).
 *
 * @param issuer required value of {@code iss}, compared exactly
 * @param audiences of which {@code aud} must contain one; at least one
 * @param algorithms permitted for the signature, some of {@link #ALGORITHMS}
 * @param leewaySeconds permitted clock skew, 0 to {@link #MAX_LEEWAY_SECONDS}
 * @param claimHeaders claims passed to the upstream, by header field
 */
public record JsonWebTokens(
        String name,
        String issuer,
        Set<String> audiences,
        Set<String> algorithms,
        int leewaySeconds,
        KeySource keys,
        Map<String, String> claimHeaders,
        boolean passes)
        implements Scheme {

    /**
     * Asymmetric algorithms only: a verifier must not be able to sign (RFC 8725 section 2.1), and {@code none} is no
     * signature.
     */
    public static final List<String> ALGORITHMS =
            List.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA");

    /** The algorithms of most issuers, and those that RFC 7518 section 3.1 requires or recommends. */
    public static final List<String> USUAL_ALGORITHMS = List.of("RS256", "ES256");

    public static final int USUAL_LEEWAY_SECONDS = 30;
    public static final int MAX_LEEWAY_SECONDS = 300;

    public JsonWebTokens {
        audiences = Set.copyOf(audiences);
        algorithms = Set.copyOf(algorithms);
        claimHeaders = Map.copyOf(claimHeaders);
        if (audiences.isEmpty()) {
            throw new IllegalArgumentException("audiences: empty (expected: at least one)");
        }
        if (algorithms.isEmpty() || !ALGORITHMS.containsAll(algorithms)) {
            throw new IllegalArgumentException("algorithms: " + algorithms + " (expected: some of " + ALGORITHMS + ")");
        }
        if (leewaySeconds < 0 || leewaySeconds > MAX_LEEWAY_SECONDS) {
            throw new IllegalArgumentException(
                    "leeway: " + leewaySeconds + " (expected: 0 to " + MAX_LEEWAY_SECONDS + " seconds)");
        }
    }

    @Override
    public String header() {
        return AUTHORIZATION;
    }

    @Override
    public Set<String> identityHeaders() {
        return claimHeaders.keySet();
    }

    Identity identity(Claims claims) {
        Map<String, String> fields = new HashMap<>();
        claimHeaders.forEach((header, claim) -> {
            String value = claims.field(claim);
            if (value != null) {
                fields.put(header, value);
            }
        });
        return new Identity(this, claims, fields);
    }
}
