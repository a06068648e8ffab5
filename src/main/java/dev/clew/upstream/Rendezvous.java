package dev.clew.upstream;

import dev.clew.exchange.Exchange;
import dev.clew.hash.KeyHash;
import dev.clew.tenant.upstream.Balancing;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Rendezvous hashing: takes the address with the highest {@linkplain KeyHash score} for the request's key. Removing an
 * address moves only its own keys; an added one takes its share from all others. Scores depend on key and address
 * alone, so that all gateways choose alike.
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
            seeds[i] =
                    KeyHash.of(targets[i].host() + ':' + targets[i].endpoint().port());
        }
    }

    @Override
    Target choose(Exchange exchange, @Nullable Target before) {
        String value = HashKeys.of(key, exchange);
        return value == null ? withoutKey.choose(exchange, before) : choose(KeyHash.of(value), before);
    }

    Target choose(long hash, @Nullable Target before) {
        long now = System.nanoTime();
        Target best = targets[0];
        double highest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < targets.length; i++) {
            Target target = targets[i];
            double share = target.weight() * target.health().share(now, slowStart);
            double score = target == before ? Double.NEGATIVE_INFINITY : KeyHash.score(share, hash, seeds[i]);
            if (score > highest) {
                highest = score;
                best = target;
            }
        }
        return best;
    }
}
