package dev.clew.tenant.limit;

import dev.clew.rate.TokenBucket;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * This replica's part of a shared rate, used while the usage of the other replicas is unknown: the rate divided by the
 * last known number of replicas, or the whole rate before any was known. Thread-safe.
 */
public final class ReplicaShare {

    /** The interval at which a replica announces itself, in nanoseconds. */
    private static final long ANNOUNCE_NANOS = 2_000_000_000L;

    private static final long NEVER = Long.MIN_VALUE;

    private final RequestRate rate;
    private final AtomicLong announcedAt = new AtomicLong(NEVER);
    private volatile Part part;

    private record Part(int replicas, @Nullable TokenBucket bucket) {}

    /** @param replicas the number known already, or 0 */
    ReplicaShare(RequestRate rate, int replicas) {
        this.rate = rate;
        this.part = part(rate, replicas);
    }

    private static Part part(RequestRate rate, int replicas) {
        boolean divided = replicas > 1 && rate.isShared();
        return new Part(replicas, divided ? TokenBucket.part(rate.perSecond(), rate.burst(), replicas) : null);
    }

    /**
     * Returns true if the next rate check must announce this replica; true for one caller per interval.
     *
     * @param nowNanos the current time of {@link System#nanoTime}
     */
    public boolean claimAnnouncement(long nowNanos) {
        long last = announcedAt.get();
        return (last == NEVER || nowNanos - last >= ANNOUNCE_NANOS) && announcedAt.compareAndSet(last, nowNanos);
    }

    /** Sets the number of replicas, this one included, that check the tenant's rate. */
    public void setReplicas(int replicas) {
        if (replicas != part.replicas) {
            part = part(rate, replicas);
        }
    }

    /** Returns the last known number of replicas; 0 before any was known. */
    int replicas() {
        return part.replicas;
    }

    /**
     * Takes a token from this replica's part.
     *
     * @return 0 if the request may proceed, otherwise the time until the next token in nanoseconds
     */
    public long takeToken(long nowNanos) {
        TokenBucket bucket = part.bucket;
        return bucket == null || bucket.tryTake(nowNanos) ? 0 : Math.max(1, bucket.nanosUntilToken(nowNanos));
    }

    /** Returns the number of tokens left in the part. */
    public int tokensLeft(long nowNanos) {
        TokenBucket bucket = part.bucket;
        return bucket == null ? Integer.MAX_VALUE : bucket.tokens(nowNanos);
    }
}
