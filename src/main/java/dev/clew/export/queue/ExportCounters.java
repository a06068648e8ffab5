package dev.clew.export.queue;

import dev.clew.export.settings.Signal;
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
 * Counts the outcomes of items of one signal offered to the destination of one name. Outlives queues and connections,
 * so that a destination that is replaced, or removed and added again, continues its counts.
 */
public final class ExportCounters {

    private static final String FORMER = " (by the former settings)";

    private final Signal signal;
    private final String name;
    private final LongAdder offered = new LongAdder();
    private final LongAdder[] dropped = new LongAdder[DropReason.values().length];
    private final ExportTimes succeeded = new ExportTimes();
    private final ExportTimes failed = new ExportTimes();
    /** More than one while a queue of another size replaces the former one. */
    private final List<ExportQueue<?>> queues = new CopyOnWriteArrayList<>();

    private long exported;
    private volatile @Nullable String lastError;

    public ExportCounters(Signal signal, String name) {
        this.signal = signal;
        this.name = name;
        for (int i = 0; i < dropped.length; i++) {
            dropped[i] = new LongAdder();
        }
    }

    /** The exports with one outcome: their number, total duration and last time. */
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

    public Signal signal() {
        return signal;
    }

    public String name() {
        return name;
    }

    void opened(ExportQueue<?> queue) {
        queues.add(queue);
    }

    void closed(ExportQueue<?> queue) {
        queues.remove(queue);
    }

    public void offered() {
        offered.increment();
    }

    public void drop(DropReason reason) {
        dropped[reason.ordinal()].increment();
    }

    /** Counts an item that is dropped as soon as it is offered. */
    public void offeredInVain(DropReason reason) {
        offered();
        drop(reason);
    }

    public long dropped(DropReason reason) {
        return dropped[reason.ordinal()].sum();
    }

    /** Called under this object's lock, while the items leave their queue. */
    void settled(int all, int lost, DropReason reason) {
        exported += all - lost;
        dropped[reason.ordinal()].add(lost);
    }

    public void succeeded(long tookNanos) {
        succeeded.add(tookNanos);
    }

    /** @param error the cause, without text from the backend */
    public void failed(long tookNanos, String error) {
        lastError = error;
        failed.add(tookNanos);
    }

    /** @param error the cause, without text from the backend */
    public void rejected(String error) {
        lastError = error;
        failed.add(0);
    }

    /** Marks the last error as one of former settings, so that it is not attributed to the current ones. */
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

    /** Returns the counts so far, consistent with respect to settling. */
    public synchronized ExportCounts counts() {
        Map<DropReason, Long> byReason = new EnumMap<>(DropReason.class);
        for (DropReason reason : DropReason.values()) {
            byReason.put(reason, dropped(reason));
        }
        long items = 0;
        long bytes = 0;
        for (ExportQueue<?> queue : queues) {
            items += queue.queued();
            bytes += queue.queuedBytes();
        }
        return new ExportCounts(
                offered.sum(),
                exported,
                byReason,
                new ExportCounts.QueueContent(items, bytes, capacity()),
                succeeded.lastEpochMillis(),
                failed.count() == 0
                        ? null
                        : new ExportCounts.Failure(failed.lastEpochMillis(), String.valueOf(lastError)));
    }

    /** Returns the capacity in items of the queue that accepts items now; 0 if there is none. */
    public long capacity() {
        return queues.isEmpty() ? 0 : queues.get(queues.size() - 1).capacity();
    }

    /**
     * Blocks until the counts fulfil a condition, which is checked whenever items are settled.
     *
     * @return false if the bound is reached first
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
