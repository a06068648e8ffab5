package dev.clew.tenant.host;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A look-up table from hosts to their claimants.
 *
 * <p><b>Precedence.</b> An exact host beats every wildcard; of matching wildcards, the longest wins.
 *
 * <p><b>Cost.</b> At most one hash look-up per label of the host and one for the whole host, no allocation, independent
 * of the number of claimed hosts.
 */
public final class HostTable<T> {

    private final Map<String, T> exact;
    private final @Nullable SuffixTable<T> wildcards;

    private HostTable(Map<String, T> exact, @Nullable SuffixTable<T> wildcards) {
        this.exact = exact;
        this.wildcards = wildcards;
    }

    public static <T> Builder<T> builder() {
        return new Builder<>();
    }

    /**
     * Returns the claimant of a host, or null.
     *
     * @param normalisedHost a result of {@link HostName#normalise}
     */
    public @Nullable T find(String normalisedHost) {
        T found = exact.get(normalisedHost);
        return found != null || wildcards == null ? found : wildcards.find(normalisedHost);
    }

    /** Collects the hosts. Not thread-safe. */
    public static final class Builder<T> {

        private final Map<String, T> exact = new HashMap<>();
        private final Map<String, T> wildcards = new HashMap<>();

        private Builder() {}

        /**
         * Adds a host.
         *
         * @throws IllegalArgumentException as {@code host: "…" (expected: …)}, if the host was added before
         */
        public void add(HostPattern host, T claimant) {
            Map<String, T> hosts = host.wildcard() ? wildcards : exact;
            if (hosts.putIfAbsent(host.name(), claimant) != null) {
                throw new IllegalArgumentException("host: \"" + host + "\" (expected: claimed once)");
            }
        }

        public HostTable<T> build() {
            return new HostTable<>(
                    // Not Map.copyOf, whose tables use linear probing: HashMap stays fast under deliberate hash
                    // collisions.
                    new HashMap<>(exact), wildcards.isEmpty() ? null : new SuffixTable<>(wildcards));
        }
    }
}
