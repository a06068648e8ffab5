package dev.clew.log;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logmanager.ExtLogRecord;
import org.jspecify.annotations.Nullable;

/**
 * A queue of log records, bounded in bytes, with many producers and one consumer. Producers, which may be event loops,
 * neither lock nor block.
 */
final class RecordQueue {

    /**
     * An estimate of the bytes of a record with its strings' headers, its queue node and the text added by the format.
     */
    private static final int FIXED_BYTES = 512;

    /** An estimate of the bytes of a stack trace before formatting. */
    private static final int STACK_BYTES = 8192;

    private final long most;
    private final LongAdder lost;
    private final ConcurrentLinkedQueue<ExtLogRecord> records = new ConcurrentLinkedQueue<>();
    private final AtomicLong held = new AtomicLong();
    private volatile @Nullable Thread sleeper;
    private volatile boolean overflowed;

    /**
     * Creates an empty queue.
     *
     * @param most the approximate limit on the bytes held; above zero
     * @param lost counts dropped records
     */
    RecordQueue(long most, LongAdder lost) {
        this.most = most;
        this.lost = lost;
    }

    /** Adds a record, or drops and counts it if the queue is full. The record must not change afterwards. */
    void offer(ExtLogRecord record) {
        long size = size(record);
        if (held.addAndGet(size) > most) {
            held.addAndGet(-size);
            lost.increment();
            overflowed = true;
            return;
        }
        records.add(record);
        if (sleeper != null) {
            wake();
        }
    }

    /** Returns whether a record was dropped since the last call, and resets the mark. By the consumer. */
    boolean takeOverflowed() {
        boolean was = overflowed;
        overflowed = false;
        return was;
    }

    /** Estimates the bytes of a record, no fewer than its formatted line has. */
    @SuppressWarnings("deprecation") // the record caches the text
    static long size(ExtLogRecord record) {
        String text = record.getFormattedMessage();
        return (long) FIXED_BYTES + (text == null ? 0 : text.length()) + (record.getThrown() == null ? 0 : STACK_BYTES);
    }

    /** Removes the oldest record; null if empty. It counts as held until {@link #written}. */
    @Nullable ExtLogRecord poll() {
        return records.poll();
    }

    void written(ExtLogRecord record) {
        held.addAndGet(-size(record));
    }

    /** Returns whether all records were written. */
    boolean isEmpty() {
        return held.get() == 0;
    }

    /** Parks the consumer until a record is added or {@link #wake} is called; may return earlier. */
    void await() {
        sleeper = Thread.currentThread();
        // Set before the queue is read, as an offer adds before it reads: one of them sees the other.
        if (records.isEmpty()) {
            LockSupport.park(this);
        }
        sleeper = null;
    }

    /** Unparks the consumer; a system call only if it is parked. */
    void wake() {
        Thread asleep = sleeper;
        if (asleep != null) {
            sleeper = null;
            LockSupport.unpark(asleep);
        }
    }
}
