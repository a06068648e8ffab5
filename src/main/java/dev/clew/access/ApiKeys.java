package dev.clew.access;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Secrets that callers have been given, each known by a name.
 *
 * @param keys the name of each key by its digest
 * @param identityHeader by which the upstream is told the key's name; null for none
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

    /** Who has this key; null for nobody. */
    public @Nullable Identity identify(String key) {
        String owner = keys.get(Digest.of(key));
        return owner == null ? null : new Identity(this, Claims.NONE, fields(owner));
    }

    private Map<String, String> fields(String owner) {
        return identityHeader == null ? Map.of() : Map.of(identityHeader, owner);
    }
}
