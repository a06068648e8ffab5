package dev.clew.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatisticsBoundsTest {

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    private final Clock clock = new Clock() {
        @Override
        public ZoneId getZone() {
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
    };

    private void request(int route) {
        Timer.builder("clew.requests")
                .tags("tenant", "acme", "route", "r" + route, "status", "200")
                .register(meters)
                .record(Duration.ofMillis(3));
    }

    @Test
    void theCurrentMinuteIsReadEverySomeSecondsOnly() {
        Statistics statistics = new Statistics(meters, clock);
        request(1);
        assertEquals(1, statistics.frames().get(0).counts().size());
        request(2);
        assertEquals(1, statistics.frames().get(0).counts().size());
        now = now.plusSeconds(6);
        assertEquals(2, statistics.frames().get(0).counts().size());
        now = now.plusSeconds(60);
        List<StatisticsFrame> frames = statistics.frames();
        assertEquals(2, frames.get(0).counts().size());
        assertEquals(0, frames.get(1).counts().size());
    }

    @Test
    void aMinuteHasABoundedNumberOfSeries() {
        Statistics statistics = new Statistics(meters, clock);
        for (int i = 0; i < Statistics.MAX_SERIES + 5; i++) {
            request(i);
        }
        assertEquals(Statistics.MAX_SERIES, statistics.frames().get(0).counts().size());
    }
}
