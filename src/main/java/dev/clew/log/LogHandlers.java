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
 * The log's handlers, whatever their format and stream, with a {@link QueuedHandler} in front of each that writes.
 * Taken from what Quarkus has made of its settings, so that none of them can have an event loop wait: not a console on
 * standard error, not a file, not one whose {@code async.overflow} is {@code block}.
 */
public final class LogHandlers {

    private static final Logger LOG = Logger.getLogger("dev.clew");

    private final long mostBytes;
    private final LongAdder lost = new LongAdder();
    private final Map<Handler, QueuedHandler> queued = Collections.synchronizedMap(new IdentityHashMap<>());
    private long reportedLost;

    /** @param mostBytes the most bytes of lines that wait for each handler; above zero */
    public LogHandlers(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    /** Lines that were lost so far, because they were not written as fast as they came. */
    public long lost() {
        return lost.sum();
    }

    /** From now on no thread that logs waits. */
    public synchronized void queue() {
        replaceAll(this::queued);
    }

    private List<Handler> queued(Handler handler) {
        if (handler instanceof AsyncHandler async) {
            // What it holds still leaves by its own thread.
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

    /** There is room again: by one of the writing threads, whichever comes first. */
    private synchronized void reportLost() {
        long all = lost();
        if (all > reportedLost) {
            LOG.warnf("%d lines of the log were lost: they came faster than they were read", all - reportedLost);
            reportedLost = all;
        }
    }

    /**
     * Writes what waits, and from then on has each thread write its own lines, so that the last ones are there when the
     * process ends. Where one handler cannot get rid of its lines in time, all go on as before: they may share its
     * stream.
     *
     * @param deadlineNanos until when to wait, as {@link System#nanoTime} counts
     * @return whether all could
     */
    public boolean drain(long deadlineNanos) {
        List<QueuedHandler> handlers = List.copyOf(queued.values());
        for (QueuedHandler handler : handlers) {
            if (!handler.isDrained(deadlineNanos)) {
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
