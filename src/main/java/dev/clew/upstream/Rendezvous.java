package dev.clew.upstream;

import dev.clew.tenant.Balancing;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The address with the highest score for the request's key: an address that goes gives up its own keys only, one that comes takes
 * its share from all (highest random weight hashing, Thaler and Ravishankar 1998; weighted by logarithms). The scores depend on
 * key and address alone, so that all gateways choose alike.
 */
final class Rendezvous extends Balancer {

    private final Target[] targets;
    private final long[] seeds;
    private final Balancing.Key key;
    private final Duration slowStart;
    private final Balancer withoutKey;

    Rendezvous(Target[] targets, Balancing.Key key, Duration slowStart, Balancer withoutKey) {
        this.targets = targets;
        this.key = key;
        this.slowStart = slowStart;
        this.withoutKey = withoutKey;
        this.seeds = new long[targets.length];
        for (int i = 0; i < targets.length; i++) {
            seeds[i] = HashKeys.hash(
                    targets[i].host() + ':' + targets[i].endpoint().port());
        }
    }

    @Override
    Target choose(HttpServerRequest request, @Nullable Target before) {
        String value = HashKeys.of(key, request);
        return value == null ? withoutKey.choose(request, before) : choose(HashKeys.hash(value), before);
    }

    Target choose(long hash, @Nullable Target before) {
        long now = System.nanoTime();
        Target best = targets[0];
        double highest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < targets.length; i++) {
            Target target = targets[i];
            double share = target.weight() * target.standing().share(now, slowStart);
            double score = target == before ? Double.NEGATIVE_INFINITY : share / -Math.log(uniform(hash ^ seeds[i]));
            if (score > highest) {
                highest = score;
                best = target;
            }
        }
        return best;
    }

    /** From above 0 to below 1. */
    private static double uniform(long hash) {
        return ((HashKeys.mix(hash) >>> 11) + 0.5) * 0x1.0p-53;
    }
}
