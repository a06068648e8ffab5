package dev.clew.upstream;

import dev.clew.exchange.Exchange;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Round-robin load balancing over a weighted schedule. */
final class RoundRobin extends Balancer {

    private final Target[] schedule;
    private final AtomicInteger turn;
    private final @Nullable Duration slowStart;

    /** @param slowStart null when no target is in slow start */
    RoundRobin(Target[] schedule, AtomicInteger turn, @Nullable Duration slowStart) {
        this.schedule = schedule;
        this.turn = turn;
        this.slowStart = slowStart;
    }

    @Override
    Target choose(Exchange exchange, @Nullable Target before) {
        if (schedule.length == 1) {
            return schedule[0];
        }
        Target next = next();
        return next == before || slowStart != null ? another(next, before) : next;
    }

    private Target next() {
        return schedule[Math.floorMod(turn.getAndIncrement(), schedule.length)];
    }

    /**
     * Skips the previous attempt's target, and with a probability those in slow start; two rounds are enough to find
     * one.
     */
    private Target another(Target first, @Nullable Target before) {
        Target next = first;
        long now = System.nanoTime();
        for (int i = 0; i < 2 * schedule.length && (next == before || isPassedOver(next, now)); i++) {
            next = next();
        }
        return next;
    }

    private boolean isPassedOver(Target target, long now) {
        return slowStart != null
                && ThreadLocalRandom.current().nextDouble() >= target.health().share(now, slowStart);
    }
}
