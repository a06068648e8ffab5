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
 * Timers by outcome: status class and {@link ErrorKind}, both of few values, so that neither clients nor upstreams can
 * create time series without bound. Each is registered on first use.
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
    /** The timer of a 2xx without an error, the outcome of nearly all requests, which needs no look-up. */
    private volatile @Nullable Timer success;

    OutcomeTimers(MeterRegistry meters, String name, String description, Tags tags) {
        this.meters = meters;
        this.name = name;
        this.description = description;
        this.tags = tags;
    }

    /** @param status 0 without a response */
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

    /** Avoids {@code computeIfAbsent}, which locks a bin even for existing keys and would make event loops contend. */
    private Timer other(Outcome outcome) {
        Timer known = timers.get(outcome);
        if (known == null) {
            known = register(outcome);
            timers.put(outcome, known);
        }
        return known;
    }

    /** Idempotent: the registry returns the existing timer for the same name and tags. */
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
