package dev.clew.trace.force;

import dev.clew.rate.TokenBucket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Decides which requests are traced because their sender has a token, and counts what became of each token. */
public final class ForcedTracing {

    /** The feature as it is where nobody asked for it: requests are not looked at. */
    public static final ForcedTracing UNUSED = new ForcedTracing(false, 1);

    /** No tenant has this name. */
    private static final String UNKNOWN_HOSTS = "";

    private final boolean used;
    private final Function<String, TokenBucket> fullBucket;
    /** By tenant, made with its first valid token: no more than there are tenants. */
    private final Map<String, TokenBucket> buckets = new ConcurrentHashMap<>();

    private final LongAdder[] counts = new LongAdder[ForceOutcome.values().length];
    private volatile @Nullable ForceKey key;

    private ForcedTracing(boolean used, int perMinute) {
        this.used = used;
        this.fullBucket = tenant -> TokenBucket.perMinute(perMinute);
        for (int i = 0; i < counts.length; i++) {
            counts[i] = new LongAdder();
        }
    }

    /**
     * Without a key as yet.
     *
     * @param perMinute how many requests may be forced in a minute: of each tenant, and of all unknown hosts together;
     *     1 or more
     */
    public static ForcedTracing perMinute(int perMinute) {
        return new ForcedTracing(true, perMinute);
    }

    /** Whether there is any need to look for a token. */
    public boolean isUsed() {
        return used;
    }

    /** From now on tokens are to be signed with this key; null when none is accepted. */
    public void use(@Nullable ForceKey current) {
        key = current;
    }

    /**
     * Whether a request is to be traced.
     *
     * @param tokens every line of the header that carries one, at least one; two contradict each other, and neither
     *     counts
     * @param tenant the ID of the request's tenant, or null for an unknown host
     * @param nowSeconds since 1970
     * @param nowNanos as {@link System#nanoTime} counts
     */
    public boolean admits(List<String> tokens, @Nullable String tenant, long nowSeconds, long nowNanos) {
        ForceOutcome outcome = outcome(tokens, tenant, nowSeconds, nowNanos);
        counts[outcome.ordinal()].increment();
        return outcome == ForceOutcome.ACCEPTED;
    }

    private ForceOutcome outcome(List<String> tokens, @Nullable String tenant, long nowSeconds, long nowNanos) {
        ForceKey current = key;
        if (current == null) {
            return ForceOutcome.SWITCHED_OFF;
        }
        if (tokens.size() != 1) {
            return ForceOutcome.INVALID;
        }
        ForceOutcome outcome = ForceToken.check(tokens.get(0), tenant, nowSeconds, current);
        if (outcome != ForceOutcome.ACCEPTED) {
            return outcome;
        }
        TokenBucket bucket = buckets.computeIfAbsent(tenant == null ? UNKNOWN_HOSTS : tenant, fullBucket);
        return bucket.tryTake(nowNanos) ? outcome : ForceOutcome.RATE_LIMITED;
    }

    /** How many tokens came to this. */
    public long count(ForceOutcome outcome) {
        return counts[outcome.ordinal()].sum();
    }
}
