package dev.clew.tenant;

import dev.clew.rate.TokenBucket;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** What a tenant has taken of its {@link Limits} so far. Safe for several threads. */
public final class TenantShare {

    private final Limits limits;
    private final @Nullable TokenBucket rate;
    private final boolean countsUnderWay;
    private final AtomicInteger underWay = new AtomicInteger();

    TenantShare(Limits limits) {
        this.limits = limits;
        this.countsUnderWay = limits.concurrentRequests() != Limits.UNLIMITED;
        this.rate = limits.requestsPerSecond() == Limits.UNLIMITED
                ? null
                : new TokenBucket(limits.requestsPerSecond(), limits.burst());
    }

    /**
     * Takes one request off the rate.
     *
     * @param nowNanos as {@link System#nanoTime} counts
     * @return 0 when it may go on, else how long until one may, in nanoseconds
     */
    public long takeFromRate(long nowNanos) {
        return rate == null || rate.tryTake(nowNanos) ? 0 : Math.max(1, rate.nanosUntilToken(nowNanos));
    }

    /** Begins a request; false when as many as may be are under way. Whoever began one calls {@link #end} once. */
    public boolean tryBegin() {
        // Nothing is counted that nothing asks for: the number is one that all event loops would write to.
        if (!countsUnderWay || underWay.incrementAndGet() <= limits.concurrentRequests()) {
            return true;
        }
        underWay.decrementAndGet();
        return false;
    }

    public void end() {
        if (countsUnderWay) {
            underWay.decrementAndGet();
        }
    }
}
