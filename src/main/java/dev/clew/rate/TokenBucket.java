package dev.clew.rate;

import java.util.concurrent.atomic.AtomicLong;

/**
 * A token bucket, implemented as the generic cell rate algorithm ("virtual scheduling", ITU-T I.371 annex A): instead
 * of tokens it holds the time at which it would be full again, a single atomic number without a refill timer.
 * Thread-safe.
 */
public final class TokenBucket {

    /** The rate at which the interval between two tokens is one nanosecond. */
    public static final int MAX_PER_SECOND = 1_000_000_000;

    private static final long SECOND = 1_000_000_000L;
    /** Distinct from any time: other values could lie in the future. */
    private static final long UNUSED = Long.MIN_VALUE;

    private final long interval;
    private final long tolerance;
    private final AtomicLong full = new AtomicLong(UNUSED);

    /**
     * Creates a full bucket.
     *
     * @param perSecond tokens added in a second, 1 to {@value #MAX_PER_SECOND}
     * @param burst capacity in tokens, 1 or more
     */
    public TokenBucket(int perSecond, int burst) {
        this(perSecond, SECOND, burst);
    }

    private TokenBucket(int tokens, long periodNanos, int burst) {
        if (tokens < 1 || tokens > MAX_PER_SECOND) {
            throw new IllegalArgumentException("rate: " + tokens + " (expected: 1 to " + MAX_PER_SECOND + ")");
        }
        if (burst < 1) {
            throw new IllegalArgumentException("burst: " + burst + " (expected: 1 or more)");
        }
        this.interval = periodNanos / tokens;
        this.tolerance = interval * (burst - 1);
    }

    /**
     * Creates one of several equal parts of a bucket, with rate and burst divided by their number, and a capacity of at
     * least one token.
     *
     * @param parts 1 or more
     */
    public static TokenBucket part(int perSecond, int burst, int parts) {
        return new TokenBucket(perSecond, parts * SECOND, Math.max(1, burst / parts));
    }

    /** Creates a bucket with this rate for a minute, and the same capacity. */
    public static TokenBucket perMinute(int tokens) {
        return new TokenBucket(tokens, 60 * SECOND, tokens);
    }

    /**
     * Takes a token; returns false when there is none.
     *
     * @param nowNanos as {@link System#nanoTime}
     */
    public boolean tryTake(long nowNanos) {
        while (true) {
            long fullAt = full.get();
            long owed = fullAt == UNUSED ? 0 : fullAt - nowNanos;
            if (owed > tolerance) {
                return false;
            }
            if (full.compareAndSet(fullAt, (owed > 0 ? fullAt : nowNanos) + interval)) {
                return true;
            }
        }
    }

    /** Returns the number of tokens in the bucket. */
    public int tokens(long nowNanos) {
        long fullAt = full.get();
        long owed = fullAt == UNUSED ? 0 : Math.max(0, fullAt - nowNanos);
        return (int) Math.max(0, (tolerance + interval - owed) / interval);
    }

    /** Returns the time until a token is available, in nanoseconds; 0 when one is. */
    public long nanosUntilToken(long nowNanos) {
        long fullAt = full.get();
        return fullAt == UNUSED ? 0 : Math.max(0, fullAt - nowNanos - tolerance);
    }
}
