package dev.clew.export.queue;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What became of the spans offered under one destination's name. Belongs to the name: it outlives every queue and
 * connection, so that a destination that is replaced, or removed and added again, goes on counting where it was.
 */
public final class ExportCounters {

    private static final String FORMER = " (by the former settings)";

    private final String name;
    private final LongAdder offered = new LongAdder();
    private final LongAdder[] dropped = new LongAdder[DropReason.values().length];
    private final ExportTimes succeeded = new ExportTimes();
    private final ExportTimes failed = new ExportTimes();
    /** More than one while a larger or smaller queue takes another's place. */
    private final List<SpanQueue> queues = new CopyOnWriteArrayList<>();

    private long exported;
    private volatile @Nullable String lastError;

    public ExportCounters(String name) {
        this.name = name;
        for (int i = 0; i < dropped.length; i++) {
            dropped[i] = new LongAdder();
        }
    }

    /** Exports that ended one way: how many, how long they took, when the last one was. */
    public static final class ExportTimes {
        private long count;
        private long nanos;
        private long lastEpochMillis;

        private synchronized void add(long tookNanos) {
            count++;
            nanos += tookNanos;
            lastEpochMillis = System.currentTimeMillis();
        }

        public synchronized long count() {
            return count;
        }

        public synchronized double nanos() {
            return nanos;
        }

        public synchronized long lastEpochMillis() {
            return lastEpochMillis;
        }
    }

    public String name() {
        return name;
    }

    void opened(SpanQueue queue) {
        queues.add(queue);
    }

    void closed(SpanQueue queue) {
        queues.remove(queue);
    }

    public void offered() {
        offered.increment();
    }

    public void drop(DropReason reason) {
        dropped[reason.ordinal()].increment();
    }

    public long dropped(DropReason reason) {
        return dropped[reason.ordinal()].sum();
    }

    /** Under this object's lock, with the spans leaving their queue. */
    void settled(int all, int lost, DropReason reason) {
        exported += all - lost;
        dropped[reason.ordinal()].add(lost);
    }

    public void succeeded(long tookNanos) {
        succeeded.add(tookNanos);
    }

    /** @param error in our own words */
    public void failed(long tookNanos, String error) {
        lastError = error;
        failed.add(tookNanos);
    }

    /** @param error in our own words */
    public void rejected(String error) {
        lastError = error;
        failed.add(0);
    }

    /** Whoever looks must not take the last error for one of the settings in force. */
    public void markErrorAsFormer() {
        @Nullable String error = lastError;
        if (error != null && !error.endsWith(FORMER)) {
            lastError = error + FORMER;
        }
    }

    public ExportTimes successes() {
        return succeeded;
    }

    public ExportTimes failures() {
        return failed;
    }

    /** What became of the spans so far; consistent with respect to their settling. */
    public synchronized ExportCounts counts() {
        Map<DropReason, Long> byReason = new EnumMap<>(DropReason.class);
        for (DropReason reason : DropReason.values()) {
            byReason.put(reason, dropped(reason));
        }
        long spans = 0;
        long bytes = 0;
        for (SpanQueue queue : queues) {
            spans += queue.queued();
            bytes += queue.queuedBytes();
        }
        return new ExportCounts(
                offered.sum(),
                exported,
                byReason,
                new ExportCounts.Queued(spans, bytes, capacity()),
                succeeded.lastEpochMillis(),
                failed.count() == 0
                        ? null
                        : new ExportCounts.Failure(failed.lastEpochMillis(), String.valueOf(lastError)));
    }

    /** Most spans that can wait in the queue that takes them now; 0 when there is none. */
    public long capacity() {
        return queues.isEmpty() ? 0 : queues.get(queues.size() - 1).capacity();
    }

    /**
     * Waits on the caller's thread until the counts fulfil a condition; looks again whenever spans are settled.
     *
     * @return whether they do; false when the time is up
     */
    public synchronized boolean awaitSettled(BooleanSupplier condition, Duration bound) throws InterruptedException {
        long deadline = System.nanoTime() + bound.toNanos();
        while (!condition.getAsBoolean()) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        return true;
    }
}
