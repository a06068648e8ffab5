package dev.clew.access;

import java.util.Map;

/**
 * Who a caller has proved to be.
 *
 * @param scheme how
 * @param fields the header fields that tell the upstream
 */
public record Identity(Scheme scheme, Claims claims, Map<String, String> fields) {

    public Identity {
        fields = Map.copyOf(fields);
    }

    /** Without the caller's name. */
    @Override
    public String toString() {
        return "identity by " + scheme.name();
    }
}
