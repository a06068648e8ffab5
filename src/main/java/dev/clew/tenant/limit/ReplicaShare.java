package dev.clew.tenant.limit;

import dev.clew.rate.TokenBucket;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The part of a shared rate that is this replica's while nobody can say what the others have used: the rate divided by
 * the number of replicas that were seen last. Before any was seen, it is the whole. Safe for several threads.
 */
public final class ReplicaShare {

    /** The interval at which a replica makes itself known, in nanoseconds. */
    private static final long ANNOUNCE_NANOS = 2_000_000_000L;

    private static final long NEVER = Long.MIN_VALUE;

    private final RequestRate rate;
    private final AtomicLong announcedAt = new AtomicLong(NEVER);
    private volatile Part part;

    private record Part(int replicas, @Nullable TokenBucket bucket) {}

    /** @param replicas that were seen already, or 0 */
    ReplicaShare(RequestRate rate, int replicas) {
        this.rate = rate;
        this.part = part(rate, replicas);
    }

    private static Part part(RequestRate rate, int replicas) {
        boolean divided = replicas > 1 && rate.isShared();
        return new Part(replicas, divided ? TokenBucket.part(rate.perSecond(), rate.burst(), replicas) : null);
    }

    /**
     * Returns whether the next question is to make this replica known; true for one caller each time it is due.
     *
     * @param nowNanos as {@link System#nanoTime} counts
     */
    public boolean claimAnnouncement(long nowNanos) {
        long last = announcedAt.get();
        return (last == NEVER || nowNanos - last >= ANNOUNCE_NANOS) && announcedAt.compareAndSet(last, nowNanos);
    }

    /** So many replicas, this one included, ask about the tenant's requests. */
    public void seen(int replicas) {
        if (replicas != part.replicas) {
            part = part(rate, replicas);
        }
    }

    /** The number seen last; 0 before any was. */
    int replicas() {
        return part.replicas;
    }

    /**
     * Takes one request off this replica's part.
     *
     * @return 0 when it may go on, else how long until one may, in nanoseconds
     */
    public long take(long nowNanos) {
        TokenBucket bucket = part.bucket;
        return bucket == null || bucket.tryTake(nowNanos) ? 0 : Math.max(1, bucket.nanosUntilToken(nowNanos));
    }

    /** Returns the number of requests that the part still lets through now. */
    public int left(long nowNanos) {
        TokenBucket bucket = part.bucket;
        return bucket == null ? Integer.MAX_VALUE : bucket.tokens(nowNanos);
    }
}
