package dev.clew.trace.context;

import java.security.SecureRandom;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Random IDs, cheap enough for every request. They are unique, not secret: who sees some can guess others.
 *
 * <p>Make one at start-up and keep it. It must not be made while a native executable is built, or all its processes
 * would share one {@code key}.
 */
public final class RandomIds implements IdSource {
    // ThreadLocalRandom has 64 bits of state, too few to tell the IDs of a large fleet apart for years. This sets the
    // processes apart; within one, 64 bits do.
    private final long key;

    public RandomIds() {
        this(new SecureRandom().nextLong());
    }

    RandomIds(long key) {
        this.key = key;
    }

    @Override
    public String traceId() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return Hex.of(random.nextLong() ^ key, nonZero(random));
    }

    @Override
    public String spanId() {
        return Hex.of(nonZero(ThreadLocalRandom.current()));
    }

    private static long nonZero(ThreadLocalRandom random) {
        long value = random.nextLong();
        while (value == 0) {
            value = random.nextLong();
        }
        return value;
    }
}
