package dev.clew.access;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Tokens that an issuer has signed: RFC 7519, with the precautions of RFC 8725.
 *
 * @param issuer who must have signed them, exactly as {@code iss} says
 * @param audiences of which {@code aud} must hold one; at least one
 * @param algorithms that may have signed them, some of {@link #ALGORITHMS}
 * @param leewaySeconds by how much clocks may differ, 0 to {@link #MOST_LEEWAY_SECONDS}
 * @param claimHeaders by which the upstream is told claims: the claim by the header field
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

    /** Those with a public key alone: whoever checks must not be able to sign (RFC 8725 section 2.1), and none is not one. */
    public static final List<String> ALGORITHMS =
            List.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA");

    /** What most issuers sign with, and RFC 7518 section 3.1 asks for first. */
    public static final List<String> USUAL_ALGORITHMS = List.of("RS256", "ES256");

    public static final int USUAL_LEEWAY_SECONDS = 30;
    public static final int MOST_LEEWAY_SECONDS = 300;

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
        if (leewaySeconds < 0 || leewaySeconds > MOST_LEEWAY_SECONDS) {
            throw new IllegalArgumentException(
                    "leeway: " + leewaySeconds + " (expected: 0 to " + MOST_LEEWAY_SECONDS + " seconds)");
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
