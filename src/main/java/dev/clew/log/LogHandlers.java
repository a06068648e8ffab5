package dev.clew.log;

import io.quarkus.bootstrap.logging.InitialConfigurator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.logging.Handler;
import org.jboss.logging.Logger;
import org.jboss.logmanager.ExtHandler;
import org.jboss.logmanager.LogContext;
import org.jboss.logmanager.handlers.AsyncHandler;

/**
 * The log's handlers, of any format and stream, each with a {@link QueuedHandler} in front. They wrap the handlers that
 * Quarkus has configured, so that none of these can block an event loop: not a console on standard error, not a file,
 * not one whose {@code async.overflow} is {@code block}.
 */
public final class LogHandlers {

    private static final Logger LOG = Logger.getLogger("dev.clew");

    private final long mostBytes;
    private final LongAdder lost = new LongAdder();
    private final Map<Handler, QueuedHandler> queued = Collections.synchronizedMap(new IdentityHashMap<>());
    private long reportedLost;

    /** @param mostBytes the limit on the bytes queued per handler; above zero */
    public LogHandlers(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    /** Returns the number of log records dropped so far because the queue was full. */
    public long lost() {
        return lost.sum();
    }

    /** Installs the queues, after which no logging thread blocks. */
    public synchronized void queue() {
        replaceAll(this::queued);
    }

    private List<Handler> queued(Handler handler) {
        if (handler instanceof AsyncHandler async) {
            // Its own thread still writes the records it has queued.
            return Arrays.stream(async.getHandlers())
                    .flatMap(nested -> queued(nested).stream())
                    .toList();
        }
        boolean writes = handler.getClass().getPackage().equals(AsyncHandler.class.getPackage());
        return List.of(
                writes
                        ? queued.computeIfAbsent(
                                handler, h -> new QueuedHandler(h, mostBytes, lost, this::reportLost).started())
                        : handler);
    }

    /** Logs the number of dropped records; called by a writer thread once its queue has room again. */
    private synchronized void reportLost() {
        long all = lost();
        if (all > reportedLost) {
            LOG.warnf("%d log records were dropped: they were logged faster than they were read", all - reportedLost);
            reportedLost = all;
        }
    }

    /**
     * Waits for the queues to drain, then makes each thread write its own records, so that the last ones are written
     * before the process ends. If one queue does not drain in time, all stay queued, as their handlers may share a
     * stream.
     *
     * @param deadlineNanos the deadline, on the clock of {@link System#nanoTime}
     * @return whether all queues drained
     */
    public boolean drain(long deadlineNanos) {
        List<QueuedHandler> handlers = List.copyOf(queued.values());
        for (QueuedHandler handler : handlers) {
            if (!handler.awaitDrained(deadlineNanos)) {
                return false;
            }
        }
        handlers.forEach(QueuedHandler::end);
        return true;
    }

    private static void replaceAll(Function<Handler, List<Handler>> replacement) {
        ExtHandler root = InitialConfigurator.DELAYED_HANDLER;
        root.setHandlers(replaced(root.getHandlers(), replacement));
        LogContext context = LogContext.getLogContext();
        for (String name : Collections.list(context.getLoggerNames())) {
            org.jboss.logmanager.Logger logger = context.getLoggerIfExists(name);
            if (logger == null || logger.getHandlers().length == 0) {
                continue;
            }
            Handler[] before = logger.getHandlers();
            Handler[] after = replaced(before, replacement);
            if (!Arrays.equals(before, after)) {
                logger.setHandlers(after);
            }
        }
    }

    private static Handler[] replaced(Handler[] handlers, Function<Handler, List<Handler>> replacement) {
        List<Handler> all = new ArrayList<>();
        for (Handler handler : handlers) {
            all.addAll(replacement.apply(handler));
        }
        return all.toArray(new Handler[0]);
    }
}
