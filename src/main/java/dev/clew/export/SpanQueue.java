package dev.clew.export;

import io.opentelemetry.sdk.trace.data.SpanData;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The spans that wait for one destination: bounded in spans and in bytes, offered by many threads, drained by one.
 *
 * <p><b>Fairness.</b> A tenant may hold at most {@value #SHARE} times the room that is still free (the "dynamic
 * threshold" of shared-memory switches). One flooding tenant therefore stops at two thirds of the queue, two at two
 * fifths each, n at 2/(2n+1) each, and in every case some room stays free for a tenant that holds little. No tenant has
 * to be configured and nothing is reserved for those that send nothing.
 *
 * <p><b>Cost.</b> An offer is four uncontended atomic additions and a hash look-up. The draining thread is woken once per
 * batch, not per span: waking a thread is a system call.
 */
final class SpanQueue implements SpanSink {

    /** How many times the free room one tenant may hold. */
    static final int SHARE = 2;

    /** Spans and bytes held are one number, so that both are claimed by one atomic addition: spans × 2⁴⁰ + bytes. */
    private static final int SPANS_SHIFT = 40;

    private static final long BYTES_MASK = (1L << SPANS_SHIFT) - 1;

    private final int maxSpans;
    private final long maxBytes;
    private final int batch;
    private final SpanRing ring;
    private final AtomicLong held = new AtomicLong();
    private final ConcurrentHashMap<String, AtomicLong> heldByTenant = new ConcurrentHashMap<>();
    private final LongAdder offered = new LongAdder();
    private final LongAdder[] dropped = new LongAdder[DropReason.values().length];
    private final Runnable wake;
    private long exported;
    private volatile boolean drainerAsleep;
    private volatile @Nullable DropReason refusing;

    /** @param wake wakes the draining thread; called at most once per {@link #awaitingBatch()} */
    SpanQueue(QueueSettings settings, Runnable wake) {
        this.maxSpans = settings.maxSpans();
        this.maxBytes = settings.maxBytes();
        this.batch = settings.batch();
        this.ring = new SpanRing(maxSpans);
        this.wake = wake;
        for (int i = 0; i < dropped.length; i++) {
            dropped[i] = new LongAdder();
        }
    }

    @Override
    public void offer(FinishedSpan span) {
        offered.increment();
        @Nullable DropReason reason = admit(span);
        if (reason != null) {
            dropped[reason.ordinal()].increment();
        }
    }

    private @Nullable DropReason admit(FinishedSpan span) {
        @Nullable DropReason refused = refusing;
        if (refused != null) {
            return refused;
        }
        if (span.approximateBytes() > maxBytes) {
            return DropReason.TOO_LARGE;
        }
        long claim = claim(span);
        long all = held.addAndGet(claim);
        if (spans(all) > maxSpans || bytes(all) > maxBytes) {
            held.addAndGet(-claim);
            return DropReason.QUEUE_FULL;
        }
        AtomicLong tenant = heldBy(span.tenant());
        if (exceedsShare(tenant.addAndGet(claim), all)) {
            tenant.addAndGet(-claim);
            held.addAndGet(-claim);
            return DropReason.TENANT_SHARE;
        }
        ring.add(span);
        if (drainerAsleep && spans(all) >= batch) {
            drainerAsleep = false;
            wake.run();
        }
        return null;
    }

    private boolean exceedsShare(long tenants, long all) {
        return spans(tenants) > Math.max(1, SHARE * (maxSpans - spans(all)))
                || bytes(tenants) > SHARE * (maxBytes - bytes(all)) && spans(tenants) > 1;
    }

    private AtomicLong heldBy(String tenant) {
        @Nullable AtomicLong found = heldByTenant.get(tenant);
        return found != null ? found : heldByTenant.computeIfAbsent(tenant, t -> new AtomicLong());
    }

    /** Every span offered from now on is dropped for this reason. */
    void refuse(DropReason reason) {
        refusing = reason;
    }

    /**
     * The draining thread announces that it is about to sleep until a batch is full.
     *
     * @return whether it may; when false, a batch is waiting already
     */
    boolean awaitingBatch() {
        // Written before the count is read, as an offer adds to the count before it reads the flag: one sees the other.
        drainerAsleep = true;
        if (spans(held.get()) < batch) {
            return true;
        }
        drainerAsleep = false;
        return false;
    }

    /** The draining thread is awake again. */
    void awake() {
        drainerAsleep = false;
    }

    /** Takes up to a batch of spans, which stay counted as queued until {@link #settle} says what became of them. */
    void drainTo(List<SpanData> spans) {
        for (int i = 0; i < batch; i++) {
            @Nullable FinishedSpan span = ring.poll();
            if (span == null) {
                return;
            }
            spans.add(span);
        }
    }

    /** Settles drained spans: exported when {@code reason} is null, else dropped. */
    synchronized void settle(List<SpanData> spans, @Nullable DropReason reason) {
        if (reason == null) {
            exported += spans.size();
        } else {
            dropped[reason.ordinal()].add(spans.size());
        }
        for (int i = 0; i < spans.size(); i++) {
            FinishedSpan span = (FinishedSpan) spans.get(i);
            heldBy(span.tenant()).addAndGet(-claim(span));
            held.addAndGet(-claim(span));
        }
        notifyAll();
    }

    /**
     * Waits on the caller's thread until the counts fulfil a condition; looks again whenever spans are settled.
     *
     * @return whether they do; false when the time is up
     */
    synchronized boolean awaitSettled(BooleanSupplier condition, Duration bound) throws InterruptedException {
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

    /** What became of the spans so far; consistent with respect to {@link #settle}. */
    synchronized ExportCounts counts(long lastSuccessEpochMillis, @Nullable String lastError) {
        Map<DropReason, Long> byReason = new EnumMap<>(DropReason.class);
        for (DropReason reason : DropReason.values()) {
            byReason.put(reason, dropped(reason));
        }
        return new ExportCounts(
                offered.sum(),
                exported,
                byReason,
                spans(held.get()),
                bytes(held.get()),
                maxSpans,
                lastSuccessEpochMillis,
                lastError);
    }

    synchronized long exported() {
        return exported;
    }

    long offered() {
        return offered.sum();
    }

    long dropped(DropReason reason) {
        return dropped[reason.ordinal()].sum();
    }

    long droppedInAll() {
        long sum = 0;
        for (LongAdder count : dropped) {
            sum += count.sum();
        }
        return sum;
    }

    int queued() {
        return spans(held.get());
    }

    long queuedBytes() {
        return bytes(held.get());
    }

    int capacity() {
        return maxSpans;
    }

    private static long claim(FinishedSpan span) {
        return (1L << SPANS_SHIFT) + span.approximateBytes();
    }

    private static int spans(long held) {
        return (int) (held >>> SPANS_SHIFT);
    }

    private static long bytes(long held) {
        return held & BYTES_MASK;
    }
}
