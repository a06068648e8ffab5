package dev.clew.trace.context;

import java.security.SecureRandom;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Random IDs, cheap enough for every request. They are unique, not secret: later IDs can be predicted from earlier
 * ones.
 *
 * <p>Create one instance at start-up. It must not be created while a native executable is built, or all processes would
 * share one {@code key}.
 */
public final class RandomIds implements IdSource {
    // ThreadLocalRandom has 64 bits of state, too few to keep the IDs of a large fleet distinct for years. The key
    // makes processes distinct; within one, 64 bits suffice.
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
