package dev.clew.observe;

import dev.clew.error.ErrorKind;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * One timer for each way in which a thing can come out: status class and {@link ErrorKind}, both few, so that no client
 * and no upstream can add series without end. Each is registered when it first happens.
 */
final class OutcomeTimers {

    private static final Duration[] BUCKETS = {
        Duration.ofMillis(1),
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofMillis(2500),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10)
    };

    private record Outcome(int statusClass, @Nullable ErrorKind error) {}

    private final MeterRegistry meters;
    private final String name;
    private final String description;
    private final Tags tags;
    private final Map<Outcome, Timer> timers = new ConcurrentHashMap<>();
    /** A 2xx without an error: what nearly all requests come to, found without a look-up. */
    private volatile @Nullable Timer success;

    OutcomeTimers(MeterRegistry meters, String name, String description, Tags tags) {
        this.meters = meters;
        this.name = name;
        this.description = description;
        this.tags = tags;
    }

    /** @param status 0 when there was none */
    Timer of(int status, @Nullable ErrorKind error) {
        if (status / 100 != 2 || error != null) {
            return other(new Outcome(status / 100, error));
        }
        Timer known = success;
        if (known == null) {
            known = register(new Outcome(2, null));
            success = known;
        }
        return known;
    }

    /**
     * Without the map's own way to do so, which locks a part of it even for what is there: event loops would wait for
     * each other.
     */
    private Timer other(Outcome outcome) {
        Timer known = timers.get(outcome);
        if (known == null) {
            known = register(outcome);
            timers.put(outcome, known);
        }
        return known;
    }

    /** The registry gives the same timer to all who ask for the same name and tags. */
    private Timer register(Outcome outcome) {
        ErrorKind error = outcome.error();
        return Timer.builder(name)
                .description(description)
                .tags(tags)
                .tag("status", outcome.statusClass() == 0 ? "none" : outcome.statusClass() + "xx")
                .tag("error", error == null ? "none" : error.code())
                .serviceLevelObjectives(BUCKETS)
                .register(meters);
    }
}
