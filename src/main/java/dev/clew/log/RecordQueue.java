package dev.clew.log;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logmanager.ExtLogRecord;
import org.jspecify.annotations.Nullable;

/**
 * The log records that wait for one writer: bounded in bytes, offered by many threads, taken by one. No thread that
 * offers takes a lock or waits: an event loop may be among them.
 */
final class RecordQueue {

    /**
     * The record, its strings' headers and its place in the queue, and what a format adds to the text: at most so much,
     * roughly.
     */
    private static final int FIXED_BYTES = 512;

    /** A stack trace as it is kept, before it is made into text. */
    private static final int STACK_BYTES = 8192;

    private final long most;
    private final LongAdder lost;
    private final ConcurrentLinkedQueue<ExtLogRecord> records = new ConcurrentLinkedQueue<>();
    private final AtomicLong held = new AtomicLong();
    private volatile @Nullable Thread sleeper;
    private volatile boolean overflowed;

    /**
     * An empty queue.
     *
     * @param most the most bytes held, roughly; above zero
     * @param lost counts the records that find no room
     */
    RecordQueue(long most, LongAdder lost) {
        this.most = most;
        this.lost = lost;
    }

    /** Adds a record, or counts it as lost where there is no room. The record must not change any more. */
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

    /** Returns whether a record found no room here since this was last asked. By the thread that takes. */
    boolean takeOverflowed() {
        boolean was = overflowed;
        overflowed = false;
        return was;
    }

    /** Bytes that a record holds, and at least those of its line. */
    @SuppressWarnings("deprecation") // the text as the record has it, which is kept there
    static long size(ExtLogRecord record) {
        String text = record.getFormattedMessage();
        return (long) FIXED_BYTES + (text == null ? 0 : text.length()) + (record.getThrown() == null ? 0 : STACK_BYTES);
    }

    /** The oldest record, or null when there is none. It counts as held until {@link #written}. */
    @Nullable ExtLogRecord poll() {
        return records.poll();
    }

    void written(ExtLogRecord record) {
        held.addAndGet(-size(record));
    }

    /** Returns whether all that was offered has been written. */
    boolean isEmpty() {
        return held.get() == 0;
    }

    /** Puts the writing thread to sleep until there is a record, or until {@link #wake}; may return before. */
    void await() {
        sleeper = Thread.currentThread();
        // Written before the queue is read, as an offer adds before it reads: one sees the other.
        if (records.isEmpty()) {
            LockSupport.park(this);
        }
        sleeper = null;
    }

    /** A system call only where the writing thread sleeps. */
    void wake() {
        Thread asleep = sleeper;
        if (asleep != null) {
            sleeper = null;
            LockSupport.unpark(asleep);
        }
    }
}
