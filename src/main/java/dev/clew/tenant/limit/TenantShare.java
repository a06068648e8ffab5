package dev.clew.tenant.limit;

import dev.clew.rate.TokenBucket;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A tenant's current use of its {@link Limits}. Thread-safe. */
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
     * Returns the tenant's share under other limits. Open connections and requests in flight stay counted, and so
     * does the usage of the rate if the rate is unchanged.
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

    /** Returns the value of {@code RateLimit-Policy}; null if responses do not carry it. */
    public @Nullable String ratePolicy() {
        return ratePolicy;
    }

    /**
     * Takes a token from the rate.
     *
     * @param nowNanos the current time of {@link System#nanoTime}
     * @return 0 if the request may proceed, otherwise the time until the next token in nanoseconds
     */
    public long takeToken(long nowNanos) {
        return rate == null || rate.tryTake(nowNanos) ? 0 : Math.max(1, rate.nanosUntilToken(nowNanos));
    }

    /** Returns the number of tokens left; meaningless without a rate. */
    public int tokensLeft(long nowNanos) {
        return rate == null ? 0 : rate.tokens(nowNanos);
    }

    /**
     * Begins a request; returns false if the bound on requests in flight is reached. For each request begun, {@link
     * #end} must be called once.
     */
    public boolean tryBegin() {
        // Not counted without a limit: all event loops would write to the same counter.
        return !countsUnderWay || tryAdd(underWay, limits.concurrentRequests());
    }

    /** Returns the requests in flight; counted only if they are limited. */
    public int underWay() {
        return underWay.get();
    }

    public void end() {
        if (countsUnderWay) {
            underWay.decrementAndGet();
        }
    }

    /** Returns the tenant's connection counter, used only if connections are limited. */
    public OpenConnections connections() {
        return connections;
    }

    /** Returns this replica's part of a shared rate, used while the other replicas' usage is unknown. */
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
