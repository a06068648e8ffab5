package dev.clew.config.watch;

import dev.clew.config.gateway.ForceKeyFile;
import dev.clew.trace.force.ForceKey;
import dev.clew.trace.force.ForcedTracing;
import java.nio.file.Path;
import java.util.Objects;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the key of forced tracing as its file has it: a new key takes effect without a restart, and tokens of the old
 * one end with it. The file is small and read whole each time, since a mounted Secret changes by way of symbolic links.
 * Used by one thread.
 */
public final class ForceKeyWatch {

    private static final Logger LOG = Logger.getLogger(ForceKeyWatch.class);

    private final Path file;
    private final ForcedTracing forced;
    private @Nullable ForceKey current;

    /** Reads the file for the first time. */
    public ForceKeyWatch(Path file, ForcedTracing forced) {
        this.file = file;
        this.forced = forced;
        this.current = ForceKeyFile.read(file);
        forced.use(current);
    }

    /** Reads the file again; blocks while it does. */
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
