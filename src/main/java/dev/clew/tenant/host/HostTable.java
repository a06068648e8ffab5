package dev.clew.tenant.host;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds who claims a host.
 *
 * <p><b>Precedence.</b> An exact host beats every wildcard; of the wildcards that match, the longest wins.
 *
 * <p><b>Cost.</b> At most one hash look-up for each label of the host and one for the whole of it, no allocation, and
 * no dependence on how many hosts are claimed.
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
     * Finds the claimant of a host, or null when nobody claims it.
     *
     * @param normalisedHost a result of {@link HostName#normalise}
     */
    public @Nullable T find(String normalisedHost) {
        T found = exact.get(normalisedHost);
        return found != null || wildcards == null ? found : wildcards.find(normalisedHost);
    }

    /** Collects the hosts. Not for use by several threads. */
    public static final class Builder<T> {

        private final Map<String, T> exact = new HashMap<>();
        private final Map<String, T> wildcards = new HashMap<>();

        private Builder() {}

        /**
         * Adds a host.
         *
         * @throws IllegalArgumentException as {@code host: "…" (expected: …)}, where the host was added before
         */
        public void add(HostPattern host, T claimant) {
            Map<String, T> hosts = host.wildcard() ? wildcards : exact;
            if (hosts.putIfAbsent(host.name(), claimant) != null) {
                throw new IllegalArgumentException("host: \"" + host + "\" (expected: claimed once)");
            }
        }

        public HostTable<T> build() {
            return new HostTable<>(
                    // Not Map.copyOf, whose tables are a line of probes: HashMap stays fast when keys are made to
                    // collide.
                    new HashMap<>(exact), wildcards.isEmpty() ? null : new SuffixTable<>(wildcards));
        }
    }
}
