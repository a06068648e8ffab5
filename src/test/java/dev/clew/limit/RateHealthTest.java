package dev.clew.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.clew.limit.RateHealth.Outcome;
import dev.clew.testing.LogLines;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RateHealthTest {

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final RateHealth health = new RateHealth(meters);
    private final LogLines log = new LogLines(SharedRates.class);

    @AfterEach
    void close() {
        log.close();
    }

    private double count(String outcome) {
        return meters.get("clew.shared.rate.requests")
                .tag("outcome", outcome)
                .counter()
                .count();
    }

    @Test
    void countsEachOutcomeByItsName() {
        for (Outcome outcome : Outcome.values()) {
            health.count(outcome);
        }
        health.count(Outcome.LATE);
        assertEquals(2, count("late"));
        for (String outcome : List.of("admitted", "refused", "failed", "skipped")) {
            assertEquals(1, count(outcome), outcome);
        }
    }

    @Test
    void logsAFailureOfSeveralEventLoopsOnceAndItsRecoveryAfterTheLast() {
        health.broken("timeout");
        health.broken("LOADING");
        assertEquals(1, log.with("Redis failed (timeout)").size());
        assertEquals(List.of(), log.with("LOADING"));

        health.recovered();
        assertEquals(List.of(), log.with("recovered"));
        health.recovered();
        assertEquals(1, log.with("recovered").size());

        health.broken("ERR");
        assertEquals(1, log.with("Redis failed (ERR)").size());
    }

    @Test
    void logsAMissingRedisOnceAndCountsEveryRequest() {
        health.notConfigured();
        health.notConfigured();
        assertEquals(1, log.with("quarkus.redis.hosts").size());
        assertEquals(2, count("skipped"));
    }

    @Test
    void showsTheReplicasLastRegistered() {
        assertEquals(0, meters.get("clew.shared.rate.replicas").gauge().value());
        health.seen(3);
        health.seen(2);
        assertEquals(2, meters.get("clew.shared.rate.replicas").gauge().value());
    }
}
