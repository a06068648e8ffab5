package dev.clew.access;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What callers of a route have to prove, and what they are asked for.
 *
 * @param anyOf of which one suffices; empty when nothing is asked for
 * @param scopes that a caller must have, all of them
 * @param claims that a caller must have, all of them, by name
 */
public record Requirement(List<Scheme> anyOf, Set<String> scopes, Map<String, String> claims) {

    /** Anybody may come. */
    public static final Requirement NONE = new Requirement(List.of(), Set.of(), Map.of());

    public Requirement {
        anyOf = List.copyOf(anyOf);
        scopes = Set.copyOf(scopes);
        claims = Map.copyOf(claims);
        if (anyOf.isEmpty() && !(scopes.isEmpty() && claims.isEmpty())) {
            throw new IllegalArgumentException("scopes, claims: of nobody (expected: with a scheme)");
        }
    }

    public boolean isNone() {
        return anyOf.isEmpty();
    }

    /** Whether this caller may do what was asked for. */
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
     * The value of {@code WWW-Authenticate} for a caller who is refused: RFC 9110 section 11.6.1, RFC 6750 section 3.
     *
     * @param error the code of RFC 6750 section 3.1 for bearer credentials; null for a caller who sent none
     */
    public String challenge(@Nullable String error) {
        List<String> challenges = new ArrayList<>();
        for (Scheme scheme : anyOf) {
            String said = error == null || !scheme.isBearer() ? "" : ", error=\"" + error + '"';
            challenges.add(scheme.challenge() + said);
        }
        return String.join(", ", challenges);
    }

    /**
     * Whether the field of bearer tokens ends here: who reads it upstream would take for checked what nobody has looked at.
     *
     * @param caller null for nobody
     */
    boolean hidesBearer(@Nullable Identity caller) {
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
