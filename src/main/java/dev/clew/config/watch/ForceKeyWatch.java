package dev.clew.config.watch;

import dev.clew.config.gateway.ForceKeyFile;
import dev.clew.trace.force.ForceKey;
import dev.clew.trace.force.ForcedTracing;
import java.nio.file.Path;
import java.util.Objects;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Reloads the key of forced tracing: a new key takes effect without a restart and invalidates tokens of the old one.
 * Reads the whole file, which is small, each time, since a mounted Secret changes through symbolic links. Confined to
 * one thread.
 */
public final class ForceKeyWatch {

    private static final Logger LOG = Logger.getLogger(ForceKeyWatch.class);

    private final Path file;
    private final ForcedTracing forced;
    private @Nullable ForceKey current;

    /** Reads the file. */
    public ForceKeyWatch(Path file, ForcedTracing forced) {
        this.file = file;
        this.forced = forced;
        this.current = ForceKeyFile.read(file);
        forced.use(current);
    }

    /** Reloads the file; blocks. */
    public void check() {
        ForceKey found = ForceKeyFile.read(file);
        if (Objects.equals(found, current)) {
            return;
        }
        current = found;
        forced.use(found);
        if (found == null) {
            LOG.warnf(
                    "forced-tracing.key-file: no longer usable (expected: %s); no token is accepted until it is",
                    ForceKeyFile.EXPECTED);
        } else {
            LOG.info("forced-tracing.key-file: read anew; tokens signed with another key are not accepted");
        }
    }
}
