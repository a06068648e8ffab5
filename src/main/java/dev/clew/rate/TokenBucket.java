package dev.clew.rate;

import java.util.concurrent.atomic.AtomicLong;

/**
 * A token bucket that holds no tokens but the moment at which it would be full again (the "virtual scheduling" form of the
 * generic cell rate algorithm, ITU-T I.371 annex A): one atomic number, no timer that refills it. Safe for several threads.
 */
public final class TokenBucket {

    /** Beyond this an interval between two tokens would be less than a nanosecond. */
    public static final int MOST_PER_SECOND = 1_000_000_000;

    private static final long SECOND = 1_000_000_000L;
    /** Any other number could be a moment still to come. */
    private static final long UNUSED = Long.MIN_VALUE;

    private final long interval;
    private final long tolerance;
    private final AtomicLong full = new AtomicLong(UNUSED);

    /**
     * A bucket that begins full.
     *
     * @param perSecond tokens added in a second, 1 to {@value #MOST_PER_SECOND}
     * @param burst tokens that a full bucket holds, 1 or more
     */
    public TokenBucket(int perSecond, int burst) {
        this(perSecond, SECOND, burst);
    }

    private TokenBucket(int tokens, long periodNanos, int burst) {
        if (tokens < 1 || tokens > MOST_PER_SECOND) {
            throw new IllegalArgumentException("rate: " + tokens + " (expected: 1 to " + MOST_PER_SECOND + ")");
        }
        if (burst < 1) {
            throw new IllegalArgumentException("burst: " + burst + " (expected: 1 or more)");
        }
        this.interval = periodNanos / tokens;
        this.tolerance = interval * (burst - 1);
    }

    /**
     * One of several equal parts of a bucket, which together let through what the whole would: with a rate and a burst
     * divided by their number, and room for one token at least.
     *
     * @param parts 1 or more
     */
    public static TokenBucket part(int perSecond, int burst, int parts) {
        return new TokenBucket(perSecond, parts * SECOND, Math.max(1, burst / parts));
    }

    /** A bucket of so many tokens in a minute, all of which may be taken at once. */
    public static TokenBucket perMinute(int tokens) {
        return new TokenBucket(tokens, 60 * SECOND, tokens);
    }

    /**
     * Takes a token; false when there is none.
     *
     * @param nowNanos as {@link System#nanoTime} counts
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

    /** How many tokens could be taken at once. */
    public int tokens(long nowNanos) {
        long fullAt = full.get();
        long owed = fullAt == UNUSED ? 0 : Math.max(0, fullAt - nowNanos);
        return (int) Math.max(0, (tolerance + interval - owed) / interval);
    }

    /** How long until a token can be taken, in nanoseconds; 0 when one is there. */
    public long nanosUntilToken(long nowNanos) {
        long fullAt = full.get();
        return fullAt == UNUSED ? 0 : Math.max(0, fullAt - nowNanos - tolerance);
    }
}
