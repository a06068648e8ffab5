package dev.clew.trace.force;

import dev.clew.rate.TokenBucket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Decides which requests are traced because they carry a token, and counts the outcomes. */
public final class ForcedTracing {

    /** The disabled feature: headers are not read. */
    public static final ForcedTracing DISABLED = new ForcedTracing(false, 1);

    /** No tenant has this name. */
    private static final String UNKNOWN_HOSTS = "";

    private final boolean enabled;
    private final Function<String, TokenBucket> fullBucket;
    /** By tenant, created with its first valid token, so the number of tenants bounds the map. */
    private final Map<String, TokenBucket> buckets = new ConcurrentHashMap<>();

    private final LongAdder[] counts = new LongAdder[ForceOutcome.values().length];
    private volatile @Nullable ForceKey key;

    private ForcedTracing(boolean enabled, int perMinute) {
        this.enabled = enabled;
        this.fullBucket = tenant -> TokenBucket.perMinute(perMinute);
        for (int i = 0; i < counts.length; i++) {
            counts[i] = new LongAdder();
        }
    }

    /**
     * Returns an instance without a key.
     *
     * @param perMinute the bound on forced requests per minute, for each tenant and for all unknown hosts together; 1
     *     or more
     */
    public static ForcedTracing perMinute(int perMinute) {
        return new ForcedTracing(true, perMinute);
    }

    /** Returns true if tokens have to be looked for. */
    public boolean isEnabled() {
        return enabled;
    }

    /** Replaces the key that tokens must be signed with; null to accept none. */
    public void use(@Nullable ForceKey current) {
        key = current;
    }

    /**
     * Returns true if the request is to be traced, and counts the outcome.
     *
     * @param tokens every line of the token's header, at least one; two contradict each other and neither counts
     * @param tenant the ID of the request's tenant, or null for an unknown host
     * @param nowSeconds since 1970
     * @param nowNanos the current time of {@link System#nanoTime}
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

    /** Returns the number of tokens with this outcome. */
    public long count(ForceOutcome outcome) {
        return counts[outcome.ordinal()].sum();
    }
}
