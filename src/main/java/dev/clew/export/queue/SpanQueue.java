package dev.clew.export.queue;

import dev.clew.export.settings.QueueSettings;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The queue of spans for one destination: bounded in spans and in bytes, offered to by many threads, drained by one.
 *
 * <p><b>Fairness.</b> A tenant may hold at most {@value #SHARE} times the room that is still free (the "dynamic
 * threshold" of shared-memory switches). One flooding tenant therefore stops at two thirds of the queue, two at two
 * fifths each, n at 2/(2n+1) each, and some room always stays free for a tenant that holds little. Tenants need no
 * configuration, and no room is reserved for idle ones.
 *
 * <p><b>Cost.</b> An offer is four uncontended atomic additions and a hash look-up. The draining thread is woken once
 * per batch, not per span: waking a thread is a system call.
 */
public final class SpanQueue {

    /** The bound on what one tenant may hold, as a multiple of the free room. */
    static final int SHARE = 2;

    /** Spans and bytes held are one number, so that one atomic addition claims both: spans × 2⁴⁰ + bytes. */
    private static final int SPANS_SHIFT = 40;

    private static final long BYTES_MASK = (1L << SPANS_SHIFT) - 1;

    /** Added to the number held once the queue has ended: beyond any number of spans. */
    private static final long SEALED = 1L << 62;

    private final int maxSpans;
    private final long maxBytes;
    private final int batch;
    private final SpanRing ring;
    private final AtomicLong held = new AtomicLong();
    private final ConcurrentHashMap<String, AtomicLong> heldByTenant = new ConcurrentHashMap<>();
    private final ExportCounters counters;
    private final Runnable wake;
    private volatile boolean drainerAsleep;
    private volatile @Nullable DropReason rejecting;

    /**
     * Creates an empty queue.
     *
     * @param counters counts the spans that leave the queue
     * @param wake wakes the draining thread; called at most once per {@link #prepareToSleep()}
     */
    public SpanQueue(QueueSettings settings, ExportCounters counters, Runnable wake) {
        this.maxSpans = settings.maxSpans();
        this.maxBytes = settings.maxBytes();
        this.batch = settings.batch();
        this.ring = new SpanRing(maxSpans);
        this.counters = counters;
        this.wake = wake;
        counters.opened(this);
    }

    /** Admits a span and returns null, or returns the reason for rejecting it, which the caller must count. */
    public @Nullable DropReason admit(FinishedSpan span) {
        @Nullable DropReason rejected = rejecting;
        if (rejected != null) {
            return rejected;
        }
        if (span.approximateBytes() > maxBytes) {
            return DropReason.TOO_LARGE;
        }
        long claim = claim(span);
        long all = held.addAndGet(claim);
        if (all >= SEALED || spans(all) > maxSpans || bytes(all) > maxBytes) {
            held.addAndGet(-claim);
            @Nullable DropReason late = all >= SEALED ? rejecting : null;
            return late != null ? late : DropReason.QUEUE_FULL;
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

    /** Rejects all further spans for this reason. */
    public void reject(DropReason reason) {
        rejecting = reason;
    }

    /**
     * Ends the queue if it is empty; returns false if there are more spans to drain. Called by the draining thread
     * after {@link #reject}.
     */
    public boolean seal() {
        if (!held.compareAndSet(0, SEALED)) {
            return false;
        }
        counters.closed(this);
        return true;
    }

    /**
     * Announces that the draining thread is about to sleep until a batch is full.
     *
     * @return false if a batch is waiting already, so that the thread must not sleep
     */
    public boolean prepareToSleep() {
        // Written before the count is read, while an offer adds to the count before it reads the flag: one sees the
        // other.
        drainerAsleep = true;
        if (spans(held.get()) < batch) {
            return true;
        }
        drainerAsleep = false;
        return false;
    }

    /** Marks the draining thread as awake. */
    public void wakeUp() {
        drainerAsleep = false;
    }

    /** Moves up to a batch of spans to the list; they count as queued until {@link #settle}. */
    public void drainTo(List<SpanData> spans) {
        for (int i = 0; i < batch; i++) {
            @Nullable FinishedSpan span = ring.poll();
            if (span == null) {
                return;
            }
            spans.add(span);
        }
    }

    /**
     * Settles drained spans.
     *
     * @param lost the number of them that are dropped; the others are exported
     * @param reason the reason for dropping them
     */
    public void settle(List<SpanData> spans, int lost, DropReason reason) {
        synchronized (counters) {
            counters.settled(spans.size(), lost, reason);
            for (int i = 0; i < spans.size(); i++) {
                FinishedSpan span = (FinishedSpan) spans.get(i);
                heldBy(span.tenant()).addAndGet(-claim(span));
                held.addAndGet(-claim(span));
            }
            counters.notifyAll();
        }
    }

    public int queued() {
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
        return (int) ((held & ~SEALED) >>> SPANS_SHIFT);
    }

    private static long bytes(long held) {
        return held & BYTES_MASK;
    }
}
