package dev.clew.tenant.limit;

import dev.clew.rate.TokenBucket;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The part of its {@link Limits} that a tenant has taken so far. Safe for several threads. */
public final class TenantShare {

    private final Limits limits;
    private final @Nullable TokenBucket rate;
    private final @Nullable String ratePolicy;
    private final boolean countsUnderWay;
    private final AtomicInteger underWay;
    private final OpenConnections connections;
    private final ReplicaShare replicaShare;

    public TenantShare(Limits limits) {
        this(
                limits,
                bucket(limits.rate()),
                new AtomicInteger(),
                new OpenConnections(),
                new ReplicaShare(limits.rate(), 0));
    }

    private TenantShare(
            Limits limits,
            @Nullable TokenBucket rate,
            AtomicInteger underWay,
            OpenConnections connections,
            ReplicaShare replicaShare) {
        RequestRate perTime = limits.rate();
        this.limits = limits;
        this.countsUnderWay = limits.concurrentRequests() != Limits.UNLIMITED;
        this.rate = rate;
        this.ratePolicy = perTime.isLimited() && perTime.shown() ? perTime.policy() : null;
        this.underWay = underWay;
        this.connections = connections;
        this.replicaShare = replicaShare;
    }

    private static @Nullable TokenBucket bucket(RequestRate rate) {
        return rate.isLimited() ? new TokenBucket(rate.perSecond(), rate.burst()) : null;
    }

    /**
     * The tenant's share under other limits. What is open and under way still counts; what is used of the rate does
     * where the rate is the same.
     */
    public TenantShare under(Limits next) {
        if (next.equals(limits)) {
            return this;
        }
        boolean sameRate = next.rate().equals(limits.rate());
        return new TenantShare(
                next,
                sameRate ? rate : bucket(next.rate()),
                underWay,
                connections,
                sameRate ? replicaShare : new ReplicaShare(next.rate(), replicaShare.replicas()));
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

    /** The tenant's connections, to be counted only where they are limited. */
    public OpenConnections connections() {
        return connections;
    }

    /** Returns this replica's part of a shared rate, for when the others cannot be asked about. */
    public ReplicaShare replicaShare() {
        return replicaShare;
    }

    static boolean tryAdd(AtomicInteger count, int most) {
        if (count.incrementAndGet() <= most) {
            return true;
        }
        count.decrementAndGet();
        return false;
    }
}
