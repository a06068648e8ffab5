package dev.clew.config;

import dev.clew.trace.force.ForceKey;
import dev.clew.trace.force.ForcedTracing;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the key of forced tracing as its file has it: a new key takes effect without a restart, and tokens of the old one end
 * with it. The file is small and read whole each time, since a mounted Secret changes by way of symbolic links.
 */
public final class ForceKeyWatch implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(ForceKeyWatch.class);

    private final Path file;
    private final ForcedTracing forced;
    private final long everyMillis;
    private final Thread thread;
    private @Nullable ForceKey current;

    private ForceKeyWatch(Path file, ForcedTracing forced, Duration every) {
        this.file = file;
        this.forced = forced;
        this.everyMillis = Math.max(1, every.toMillis());
        this.thread = new Thread(this::run, "clew-force-key");
        this.current = ForceKeyFile.read(file);
    }

    /**
     * Reads the file now, and then again and again on a thread of its own.
     *
     * @param every how long after one reading the next one begins; at least a millisecond
     */
    public static ForceKeyWatch start(Path file, ForcedTracing forced, Duration every) {
        ForceKeyWatch watch = new ForceKeyWatch(file, forced, every);
        forced.use(watch.current);
        watch.thread.setDaemon(true);
        watch.thread.start();
        return watch;
    }

    private void run() {
        try {
            while (true) {
                Thread.sleep(everyMillis);
                check();
            }
        } catch (InterruptedException closed) {
            // Nobody waits for this thread.
        }
    }

    private void check() {
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

    @Override
    public void close() {
        thread.interrupt();
    }
}
