package dev.clew.auth;

import dev.clew.access.KeySet;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/** The keys of one issuer. Thread-safe and non-blocking. */
interface IssuerKeys {

    /** Returns the keys in force; null while there are none. */
    @Nullable KeySet current();

    /**
     * Returns a future that succeeds once a fetch has ended, whatever its result; null when none may begin now or too
     * many requests wait already.
     */
    @Nullable Future<Void> refresh();

    /** Keys from a file, which change with the configuration. */
    record Fixed(KeySet current) implements IssuerKeys {

        @Override
        public @Nullable Future<Void> refresh() {
            return null;
        }
    }
}
