package dev.clew.upstream;

import dev.clew.exchange.Exchange;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Picks two addresses at random and takes the one with fewer active requests for its weight; nearly as even as the
 * least-loaded of all.
 */
final class LeastRequests extends Balancer {

    private final Target[] targets;
    private final Duration slowStart;

    /** @param targets at least two */
    LeastRequests(Target[] targets, Duration slowStart) {
        this.targets = targets;
        this.slowStart = slowStart;
    }

    @Override
    Target choose(Exchange exchange, @Nullable Target before) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        int first = random.nextInt(targets.length);
        int second = (first + 1 + random.nextInt(targets.length - 1)) % targets.length;
        if (targets[first] == before) {
            return targets[second];
        }
        if (targets[second] == before) {
            return targets[first];
        }
        long now = System.nanoTime();
        return load(targets[second], now) < load(targets[first], now) ? targets[second] : targets[first];
    }

    private double load(Target target, long now) {
        return (target.activeRequests().get() + 1)
                / (target.weight() * target.health().share(now, slowStart));
    }
}
