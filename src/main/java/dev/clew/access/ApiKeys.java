package dev.clew.access;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * API keys issued to callers, each with a name.
 *
 * @param keys key names by the key's digest
 * @param identityHeader header field that passes the key's name to the upstream; null for none
 */
public record ApiKeys(
        String name, String header, Map<Digest, String> keys, @Nullable String identityHeader, boolean passes)
        implements Scheme {

    public static final String HEADER = "x-api-key";

    public ApiKeys {
        keys = Map.copyOf(keys);
    }

    @Override
    public List<String> identityHeaders() {
        return identityHeader == null ? List.of() : List.of(identityHeader);
    }

    /** Returns the identity of a key's owner; null for an unknown key. */
    public @Nullable Identity identify(String key) {
        String owner = keys.get(Digest.of(key));
        return owner == null ? null : new Identity(this, Claims.NONE, fields(owner));
    }

    private Map<String, String> fields(String owner) {
        return identityHeader == null ? Map.of() : Map.of(identityHeader, owner);
    }
}
