package dev.clew.access;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A route's authentication and authorisation requirements.
 *
 * @param anyOf accepted schemes; empty when no authentication is required
 * @param scopes that a caller must have, all of them
 * @param claims that a caller must have, all of them, by name
 */
public record Requirement(List<Scheme> anyOf, Set<String> scopes, Map<String, String> claims) {

    /** No authentication required. */
    public static final Requirement NONE = new Requirement(List.of(), Set.of(), Map.of());

    public Requirement {
        anyOf = List.copyOf(anyOf);
        scopes = Set.copyOf(scopes);
        claims = Map.copyOf(claims);
        if (anyOf.isEmpty() && !(scopes.isEmpty() && claims.isEmpty())) {
            throw new IllegalArgumentException("scopes, claims: without a scheme (expected: with one)");
        }
    }

    public boolean isNone() {
        return anyOf.isEmpty();
    }

    /** Returns whether the caller has all required scopes and claims. */
    public boolean isMetBy(Identity identity) {
        for (String scope : scopes) {
            if (!identity.claims().hasScope(scope)) {
                return false;
            }
        }
        for (Map.Entry<String, String> claim : claims.entrySet()) {
            if (!identity.claims().holds(claim.getKey(), claim.getValue())) {
                return false;
            }
        }
        return true;
    }

    /**
     * Returns the value of {@code WWW-Authenticate} for a rejected request (RFC 9110 section 11.6.1, RFC 6750 section
     * 3).
     *
     * @param error the code of RFC 6750 section 3.1 for bearer credentials; null when the request had none
     */
    public String challenge(@Nullable String error) {
        List<String> challenges = new ArrayList<>();
        for (Scheme scheme : anyOf) {
            String errorParameter = error == null || !scheme.isBearer() ? "" : ", error=\"" + error + '"';
            challenges.add(scheme.challenge() + errorParameter);
        }
        return String.join(", ", challenges);
    }

    /**
     * Returns whether {@code Authorization} is removed from the request: an upstream could take an unverified token for
     * a verified one.
     *
     * @param caller null when not authenticated
     */
    boolean removesBearer(@Nullable Identity caller) {
        if (caller != null && caller.scheme().isBearer()) {
            return !caller.scheme().passes();
        }
        for (Scheme scheme : anyOf) {
            if (scheme.isBearer()) {
                return true;
            }
        }
        return false;
    }
}
