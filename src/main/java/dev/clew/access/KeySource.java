package dev.clew.access;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Where the keys come from that an issuer's tokens are checked with. */
public sealed interface KeySource {

    /** A file that was read with the configuration, and is read again as it changes. */
    record Held(KeySet keys) implements KeySource {}

    /**
     * A server that is asked for them.
     *
     * @param uri http or https, with a host
     * @param authorities whose certificates are believed, in PEM; null for those the platform trusts
     * @param refresh how long after an answer the server is asked again
     * @param keep how long an answer may be used while no newer one can be had
     * @param coolDown the least time between two questions because of a key that is not known
     */
    record Fetched(URI uri, @Nullable String authorities, Duration refresh, Duration keep, Duration coolDown)
            implements KeySource {

        public static final Duration REFRESH = Duration.ofMinutes(5);
        public static final Duration KEEP = Duration.ofHours(24);
        public static final Duration COOL_DOWN = Duration.ofSeconds(10);

        /** Without the address. */
        @Override
        public String toString() {
            return "key set from a server";
        }
    }
}
