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
 * A non-blocking log handler with a queue and a writer thread in front of the handler that writes. Records that do not
 * fit are dropped and counted, since a stalled reader of the log, such as a full pipe, must not delay requests. Records
 * are written in batches.
 */
final class QueuedHandler extends ExtHandler {

    /**
     * The bytes written before a flush, even if more are queued: below the handler's buffer of 8 KiB, which would
     * otherwise overflow within a line, where another handler's line may interleave on the same stream.
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
     * Creates a handler in front of another, whose thread runs until {@link #end}.
     *
     * @param mostBytes see {@link RecordQueue}
     * @param caughtUp runs on the writer thread once it has written all records after some were dropped here
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

    /** Returns the handler that writes. */
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

    /** Does nothing, as the writer thread flushes. */
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
            // After the flush, because an empty queue means that all records are flushed.
            batch.forEach(queue::written);
            boolean none = batch.isEmpty();
            batch.clear();
            if (none) {
                // Not for drops of another handler: a report would only add to its full queue.
                if (queue.takeOverflowed()) {
                    caughtUp.run();
                }
                queue.await();
            }
        }
    }

    /** Publishes a record; an exception must not end the writer thread, which would drop all later records. */
    private void publish(Handler to, ExtLogRecord record) {
        try {
            to.publish(record);
        } catch (RuntimeException e) {
            reportError("a log record could not be written", e, ErrorManager.WRITE_FAILURE);
        }
    }

    /**
     * Waits until all records are written.
     *
     * @param deadlineNanos the deadline, on the clock of {@link System#nanoTime}
     * @return whether they were written; false if the log is not read
     */
    boolean awaitDrained(long deadlineNanos) {
        while (!queue.isEmpty()) {
            if (System.nanoTime() - deadlineNanos >= 0) {
                return false;
            }
            LockSupport.parkNanos(this, POLL_NANOS);
        }
        return true;
    }

    /**
     * Ends the writer thread; logging threads write later records themselves. To be called only if no handler of the
     * same stream is blocked, which would block this call, too.
     */
    void end() {
        ended = true;
        queue.wake();
        if (target instanceof ExtHandler ext) {
            ext.setAutoFlush(targetFlushes);
        }
    }

    /** Closes the target only after {@link #end}; closing it earlier might block. */
    @Override
    public void close() {
        if (ended) {
            target.close();
        }
    }
}
