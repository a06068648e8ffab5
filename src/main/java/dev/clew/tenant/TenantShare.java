package dev.clew.tenant;

import dev.clew.rate.TokenBucket;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** What a tenant has taken of its {@link Limits} so far. Safe for several threads. */
public final class TenantShare {

    private final Limits limits;
    private final @Nullable TokenBucket rate;
    private final @Nullable String ratePolicy;
    private final boolean countsUnderWay;
    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicInteger connections = new AtomicInteger();

    TenantShare(Limits limits) {
        RequestRate perTime = limits.rate();
        this.limits = limits;
        this.countsUnderWay = limits.concurrentRequests() != Limits.UNLIMITED;
        this.rate = perTime.isLimited() ? new TokenBucket(perTime.perSecond(), perTime.burst()) : null;
        this.ratePolicy = perTime.isLimited() && perTime.shown() ? perTime.policy() : null;
    }

    public Limits limits() {
        return limits;
    }

    /** The value of {@code RateLimit-Policy}; null where answers do not tell of the rate. */
    public @Nullable String ratePolicy() {
        return ratePolicy;
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

    /** How many more requests the rate lets through now; meaningless without one. */
    public int leftOfRate(long nowNanos) {
        return rate == null ? 0 : rate.tokens(nowNanos);
    }

    /** Begins a request; false when as many as may be are under way. Whoever began one calls {@link #end} once. */
    public boolean tryBegin() {
        // Nothing is counted that nothing asks for: the number is one that all event loops would write to.
        return !countsUnderWay || tryAdd(underWay, limits.concurrentRequests());
    }

    public void end() {
        if (countsUnderWay) {
            underWay.decrementAndGet();
        }
    }

    /**
     * Counts a connection, which is to be asked for only where connections are limited; false when as many as may be are open.
     * Whoever counted one calls {@link #disconnect} once.
     */
    public boolean tryConnect() {
        return tryAdd(connections, limits.connections());
    }

    public void disconnect() {
        connections.decrementAndGet();
    }

    private static boolean tryAdd(AtomicInteger count, int most) {
        if (count.incrementAndGet() <= most) {
            return true;
        }
        count.decrementAndGet();
        return false;
    }
}
