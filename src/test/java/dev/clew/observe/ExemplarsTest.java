package dev.clew.observe;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheus.PrometheusConfig;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.exporter.common.TextFormat;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ExemplarsTest {

    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String SPAN = "b7ad6b7169203331";

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(
            PrometheusConfig.DEFAULT, new CollectorRegistry(), Clock.SYSTEM, new Exemplars());
    private final Timer timer = Timer.builder("clew.requests")
            .serviceLevelObjectives(Duration.ofMillis(5), Duration.ofSeconds(1))
            .register(registry);

    @AfterEach
    void end() {
        Exemplars.end();
    }

    private String page() {
        return registry.scrape(TextFormat.CONTENT_TYPE_OPENMETRICS_100);
    }

    @Test
    void aBucketShowsTheTraceOfAValueInIt() {
        Exemplars.begin(TRACE, SPAN);
        timer.record(Duration.ofMillis(2));
        Exemplars.end();
        timer.record(Duration.ofMillis(500));
        String page = page();
        assertTrue(
                page.contains("clew_requests_seconds_bucket{le=\"0.005\"} 1.0 # {span_id=\"" + SPAN + "\",trace_id=\""
                        + TRACE + "\"} 0.002"),
                page);
        assertFalse(page.lines().anyMatch(line -> line.contains("le=\"1.0\"") && line.contains("#")), page);
        assertFalse(registry.scrape(TextFormat.CONTENT_TYPE_004).contains(TRACE));
    }

    @Test
    void aValueThatAnotherThreadRecordsGetsNone() throws InterruptedException {
        Thread other = new Thread(() -> Exemplars.begin(TRACE, SPAN));
        other.start();
        other.join();
        timer.record(Duration.ofMillis(2));
        assertFalse(page().contains(TRACE));
    }

    @Test
    void aBucketKeepsItsExemplarForAWhile() {
        Exemplars.begin(TRACE, SPAN);
        Exemplars sampler = new Exemplars();
        io.prometheus.client.exemplars.Exemplar first = sampler.sample(0.1, 0, 1, null);
        assertTrue(first != null && first.getValue() == 0.1);
        assertNull(sampler.sample(0.2, 0, 1, first));
    }
}
