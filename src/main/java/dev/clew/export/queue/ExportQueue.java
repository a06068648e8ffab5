package dev.clew.export.queue;

import dev.clew.export.settings.QueueSettings;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The queue of items for one destination: bounded in items and in bytes, offered to by many threads, drained by one.
 *
 * <p><b>Fairness.</b> A tenant may hold at most {@value #SHARE} times the room that is still free (the "dynamic
 * threshold" of shared-memory switches). One flooding tenant therefore stops at two thirds of the queue, two at two
 * fifths each, n at 2/(2n+1) each, and some room always stays free for a tenant that holds little. Tenants need no
 * configuration, and no room is reserved for idle ones.
 *
 * <p><b>Cost.</b> An offer is four uncontended atomic additions and a hash look-up. The draining thread is woken once
 * per batch, not per item: waking a thread is a system call.
 */
public final class ExportQueue<T extends Queued> {

    /** The bound on what one tenant may hold, as a multiple of the free room. */
    static final int SHARE = 2;

    /** Items and bytes held are one number, so that one atomic addition claims both: items × 2⁴⁰ + bytes. */
    private static final int ITEMS_SHIFT = 40;

    private static final long BYTES_MASK = (1L << ITEMS_SHIFT) - 1;

    /** Added to the number held once the queue has ended: beyond any number of items. */
    private static final long SEALED = 1L << 62;

    private final int maxItems;
    private final long maxBytes;
    private final int batch;
    private final ExportRing<T> ring;
    private final AtomicLong held = new AtomicLong();
    private final ConcurrentHashMap<String, AtomicLong> heldByTenant = new ConcurrentHashMap<>();
    private final ExportCounters counters;
    private final Runnable wake;
    private volatile boolean drainerAsleep;
    private volatile @Nullable DropReason rejecting;

    /**
     * Creates an empty queue.
     *
     * @param counters counts the items that leave the queue
     * @param wake wakes the draining thread; called at most once per {@link #prepareToSleep()}
     */
    public ExportQueue(QueueSettings settings, ExportCounters counters, Runnable wake) {
        this.maxItems = settings.maxItems();
        this.maxBytes = settings.maxBytes();
        this.batch = settings.batch();
        this.ring = new ExportRing<>(maxItems);
        this.counters = counters;
        this.wake = wake;
        counters.opened(this);
    }

    /** Admits an item and returns null, or returns the reason for rejecting it, which the caller must count. */
    public @Nullable DropReason admit(T item) {
        @Nullable DropReason rejected = rejecting;
        if (rejected != null) {
            return rejected;
        }
        int bytes = item.approximateBytes();
        if (bytes > maxBytes) {
            return DropReason.TOO_LARGE;
        }
        long claim = claim(bytes);
        long all = held.addAndGet(claim);
        if (all >= SEALED || items(all) > maxItems || bytes(all) > maxBytes) {
            held.addAndGet(-claim);
            @Nullable DropReason late = all >= SEALED ? rejecting : null;
            return late != null ? late : DropReason.QUEUE_FULL;
        }
        AtomicLong tenant = heldBy(item.tenant());
        if (exceedsShare(tenant.addAndGet(claim), all)) {
            tenant.addAndGet(-claim);
            held.addAndGet(-claim);
            return DropReason.TENANT_SHARE;
        }
        ring.add(item);
        if (drainerAsleep && items(all) >= batch) {
            drainerAsleep = false;
            wake.run();
        }
        return null;
    }

    private boolean exceedsShare(long tenants, long all) {
        return items(tenants) > Math.max(1, SHARE * (maxItems - items(all)))
                || bytes(tenants) > SHARE * (maxBytes - bytes(all)) && items(tenants) > 1;
    }

    private AtomicLong heldBy(String tenant) {
        @Nullable AtomicLong found = heldByTenant.get(tenant);
        return found != null ? found : heldByTenant.computeIfAbsent(tenant, t -> new AtomicLong());
    }

    /** Rejects all further items for this reason. */
    public void reject(DropReason reason) {
        rejecting = reason;
    }

    /**
     * Ends the queue if it is empty; returns false if there are more items to drain. Called by the draining thread
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
        if (items(held.get()) < batch) {
            return true;
        }
        drainerAsleep = false;
        return false;
    }

    /** Marks the draining thread as awake. */
    public void wakeUp() {
        drainerAsleep = false;
    }

    /** Moves up to a batch of items to the list; they count as queued until {@link #settle}. */
    public void drainTo(List<? super T> items) {
        for (int i = 0; i < batch; i++) {
            @Nullable T item = ring.poll();
            if (item == null) {
                return;
            }
            items.add(item);
        }
    }

    /**
     * Settles drained items.
     *
     * @param lost the number of them that are dropped; the others are exported
     * @param reason the reason for dropping them
     */
    public void settle(List<T> items, int lost, DropReason reason) {
        synchronized (counters) {
            counters.settled(items.size(), lost, reason);
            for (int i = 0; i < items.size(); i++) {
                T item = items.get(i);
                long claim = claim(item.approximateBytes());
                heldBy(item.tenant()).addAndGet(-claim);
                held.addAndGet(-claim);
            }
            counters.notifyAll();
        }
    }

    public int queued() {
        return items(held.get());
    }

    long queuedBytes() {
        return bytes(held.get());
    }

    public int capacity() {
        return maxItems;
    }

    private static long claim(int bytes) {
        return (1L << ITEMS_SHIFT) + bytes;
    }

    private static int items(long held) {
        return (int) ((held & ~SEALED) >>> ITEMS_SHIFT);
    }

    private static long bytes(long held) {
        return held & BYTES_MASK;
    }
}
