package dev.clew.log;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.ErrorManager;
import java.util.logging.Handler;
import org.jboss.logmanager.ExtHandler;
import org.jboss.logmanager.ExtLogRecord;

/**
 * A log handler that never waits: what writes stands behind a queue and a thread of its own. What finds no room is lost
 * and counted, since a reader of the log that stalls, such as a full pipe, must cost no request. Lines are written
 * through in batches.
 */
final class QueuedHandler extends ExtHandler {

    /**
     * Bytes written before the stream is flushed although more wait: few enough for the handler's buffer of 8 KiB,
     * which would else be emptied within a line, where another handler's line may come between on the same stream.
     */
    private static final long BATCH = 7000;

    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final Handler target;
    private final boolean targetFlushes;
    private final RecordQueue queue;
    private final Runnable caughtUp;
    private final Thread writer = new Thread(this::write, "clew-log");
    private volatile boolean ended;

    /**
     * A handler in front of another, whose thread runs until {@link #end}.
     *
     * @param mostBytes see {@link RecordQueue}
     * @param caughtUp runs on the writing thread when it has written all lines again, after some found no room here
     */
    QueuedHandler(Handler target, long mostBytes, LongAdder lost, Runnable caughtUp) {
        this.target = target;
        this.targetFlushes = target instanceof ExtHandler ext && ext.isAutoFlush();
        this.queue = new RecordQueue(mostBytes, lost);
        this.caughtUp = caughtUp;
        setLevel(target.getLevel());
        if (target instanceof ExtHandler ext) {
            ext.setAutoFlush(false);
        }
        writer.setDaemon(true);
    }

    QueuedHandler started() {
        writer.start();
        return this;
    }

    /** The handler that writes. */
    Handler target() {
        return target;
    }

    @Override
    protected void doPublish(ExtLogRecord record) {
        if (ended) {
            target.publish(record);
            return;
        }
        if (target instanceof ExtHandler ext && ext.isCallerCalculationRequired()) {
            record.copyAll();
        } else {
            record.disableCallerCalculation();
            record.copyMdc();
        }
        queue.offer(record);
    }

    /** Does nothing: the writing thread flushes. */
    @Override
    public void flush() {}

    private void write() {
        List<ExtLogRecord> batch = new ArrayList<>();
        while (!ended || !queue.isEmpty()) {
            long bytes = 0;
            for (ExtLogRecord next = queue.poll(); next != null; next = bytes < BATCH ? queue.poll() : null) {
                long size = RecordQueue.size(next);
                if (bytes > 0 && bytes + size > BATCH) {
                    target.flush();
                    bytes = 0;
                }
                publish(target, next);
                batch.add(next);
                bytes += size;
            }
            target.flush();
            // Only now: whoever waits for an empty queue waits for what was flushed.
            batch.forEach(queue::written);
            boolean none = batch.isEmpty();
            batch.clear();
            if (none) {
                // Not for another handler's losses: of one that stalls, to tell of them here would be one more.
                if (queue.takeOverflowed()) {
                    caughtUp.run();
                }
                queue.await();
            }
        }
    }

    /** A thread that ends would have every later line lost. */
    private void publish(Handler to, ExtLogRecord record) {
        try {
            to.publish(record);
        } catch (RuntimeException e) {
            reportError("a line could not be written", e, ErrorManager.WRITE_FAILURE);
        }
    }

    /**
     * Waits until all lines are written.
     *
     * @param deadlineNanos until when to wait, as {@link System#nanoTime} counts
     * @return whether they are; not so when nobody reads the log
     */
    boolean isDrained(long deadlineNanos) {
        while (!queue.isEmpty()) {
            if (System.nanoTime() - deadlineNanos >= 0) {
                return false;
            }
            LockSupport.parkNanos(this, POLL_NANOS);
        }
        return true;
    }

    /**
     * Ends the thread: later lines are written by whoever logs them. Only where no handler of the same stream is stuck,
     * which would hold up this call, too.
     */
    void end() {
        ended = true;
        queue.wake();
        if (target instanceof ExtHandler ext) {
            ext.setAutoFlush(targetFlushes);
        }
    }

    /** Leaves the target open where it would have to be waited for. */
    @Override
    public void close() {
        if (ended) {
            target.close();
        }
    }
}
