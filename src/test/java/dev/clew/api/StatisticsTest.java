package dev.clew.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.api.StatisticsFrame.Counts;
import dev.clew.api.StatisticsFrame.Series;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheus.PrometheusConfig;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatisticsTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:30Z");

    private final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private Instant now = START;
    private final Statistics statistics = new Statistics(meters, new Clock() {
        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    });

    private void record(String tenant, String route, String status, int millis) {
        Timer.builder("clew.requests")
                .tags("tenant", tenant, "route", route, "status", status, "error", "none")
                .serviceLevelObjectives(Duration.ofMillis(5), Duration.ofMillis(10), Duration.ofMillis(100))
                .register(meters)
                .record(Duration.ofMillis(millis));
    }

    private static Counts counts(StatisticsFrame frame, String tenant, String route) {
        return frame.counts().get(new Series(tenant, route));
    }

    @Test
    void eachMinuteHasItsOwnRequests() {
        record("acme", "orders", "2xx", 3);
        record("acme", "orders", "5xx", 50);
        assertEquals(2, counts(statistics.frames().get(0), "acme", "orders").requests());
        now = now.plusSeconds(60);
        statistics.tick();
        record("acme", "orders", "4xx", 3);
        List<StatisticsFrame> frames = statistics.frames();
        assertEquals(2, frames.size());
        assertEquals(2, counts(frames.get(0), "acme", "orders").requests());
        assertEquals(1, counts(frames.get(1), "acme", "orders").requests());
        now = now.plusSeconds(60);
        assertEquals(0, statistics.frames().get(2).counts().size());
    }

    @Test
    void minutesOlderThanAnHourAreForgotten() {
        for (int i = 0; i < 100; i++) {
            record("acme", "orders", "2xx", 1);
            now = now.plusSeconds(60);
            statistics.tick();
        }
        assertEquals(Statistics.MINUTES, statistics.frames().size());
    }

    @Test
    void aMinuteHasTheBusiestSeriesOnly() {
        for (int i = 0; i < Statistics.MAX_SERIES + 50; i++) {
            record("t" + i, "r", "2xx", 1);
        }
        record("busy", "r", "2xx", 1);
        record("busy", "r", "2xx", 1);
        StatisticsFrame frame = statistics.frames().get(0);
        assertEquals(Statistics.MAX_SERIES, frame.counts().size());
        assertEquals(2, counts(frame, "busy", "r").requests());
    }

    @Test
    void quantilesLieWithinTheirBuckets() {
        for (int i = 0; i < 98; i++) {
            record("acme", "orders", "2xx", 7);
        }
        record("acme", "orders", "2xx", 60);
        record("acme", "orders", "2xx", 60);
        Counts counts = counts(statistics.frames().get(0), "acme", "orders");
        double median = counts.quantile(0.5);
        assertTrue(median > 5 && median <= 10, () -> "p50: " + median);
        double high = counts.quantile(0.99);
        assertTrue(high > 10 && high <= 100, () -> "p99: " + high);
        assertNull(new Counts().quantile(0.5));
    }
}
