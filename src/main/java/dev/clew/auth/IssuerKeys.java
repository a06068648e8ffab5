package dev.clew.auth;

import dev.clew.access.KeySet;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/** The keys of one issuer. For any thread; nothing here blocks. */
interface IssuerKeys {

    /** Those in force; null while there are none that may be used. */
    @Nullable KeySet current();

    /** Ends, always well, when there may be newer ones; null when nobody is asked for them now, or too many wait already. */
    @Nullable Future<Void> refresh();

    /** Those of a file, which change with the configuration. */
    record Fixed(KeySet current) implements IssuerKeys {

        @Override
        public @Nullable Future<Void> refresh() {
            return null;
        }
    }
}
