package dev.clew.access;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The source of the keys that verify an issuer's tokens. */
public sealed interface KeySource {

    /** A file that is read, and reloaded, with the configuration. */
    record Held(KeySet keys) implements KeySource {}

    /**
     * A server that the keys are fetched from.
     *
     * @param uri http or https, with a host
     * @param authorities trusted certificates, in PEM; null for those the platform trusts
     * @param refresh time from a successful fetch to the next one
     * @param keep maximum age of keys while fetches fail
     * @param coolDown minimum time between two fetches caused by an unknown key
     */
    record Fetched(URI uri, @Nullable String authorities, Duration refresh, Duration keep, Duration coolDown)
            implements KeySource {

        public static final Duration REFRESH = Duration.ofMinutes(5);
        public static final Duration KEEP = Duration.ofHours(24);
        public static final Duration COOL_DOWN = Duration.ofSeconds(10);

        /** Omits the address. */
        @Override
        public String toString() {
            return "key set from a server";
        }
    }
}
