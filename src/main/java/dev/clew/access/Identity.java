package dev.clew.access;

import java.util.Map;

/**
 * An authenticated caller.
 *
 * @param scheme of the credential
 * @param fields header fields that pass the identity to the upstream
 */
public record Identity(Scheme scheme, Claims claims, Map<String, String> fields) {

    public Identity {
        fields = Map.copyOf(fields);
    }

    /** Omits the caller's name. */
    @Override
    public String toString() {
        return "identity by " + scheme.name();
    }
}
