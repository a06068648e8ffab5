package dev.clew.export.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.export.Spans;
import dev.clew.export.queue.MetricsCollection;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.prometheus.PrometheusConfig;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.DoublePointData;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The data of the gateway's registry: Prometheus's within Quarkus's composite. */
class MeterDataTest {

    private final MeterRegistry meters =
            new CompositeMeterRegistry().add(new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));

    private MetricsCollection read() {
        return new MeterData(meters, Spans.ORIGIN, 100).at(200);
    }

    private MetricData metric(String name) {
        List<MetricData> found = read().metrics().stream()
                .filter(metric -> metric.getName().equals(name))
                .toList();
        assertEquals(1, found.size(), () -> name + " in " + found);
        return found.get(0);
    }

    private static DoublePointData only(Iterable<DoublePointData> points) {
        return points.iterator().next();
    }

    @Test
    void aTimerIsAHistogramInSecondsWithDisjointBuckets() {
        Timer timer = Timer.builder("clew.requests")
                .description("Requests")
                .tag("tenant", "acme")
                .serviceLevelObjectives(Duration.ofMillis(5), Duration.ofMillis(100))
                .register(meters);
        timer.record(Duration.ofMillis(1));
        timer.record(Duration.ofMillis(2));
        timer.record(Duration.ofMillis(50));
        timer.record(Duration.ofSeconds(2));
        MetricData metric = metric("clew.requests");
        assertEquals("s", metric.getUnit());
        assertEquals("Requests", metric.getDescription());
        assertEquals(Spans.ORIGIN.resource(), metric.getResource());
        assertEquals(
                AggregationTemporality.CUMULATIVE, metric.getHistogramData().getAggregationTemporality());
        HistogramPointData point =
                metric.getHistogramData().getPoints().iterator().next();
        assertEquals(List.of(0.005, 0.1), point.getBoundaries());
        assertEquals(List.of(2L, 1L, 1L), point.getCounts());
        assertEquals(4, point.getCount());
        assertEquals(2.053, point.getSum(), 1e-9);
        assertEquals(Attributes.of(AttributeKey.stringKey("tenant"), "acme"), point.getAttributes());
        assertEquals(100, point.getStartEpochNanos());
        assertEquals(200, point.getEpochNanos());
    }

    @Test
    void countersOfOneNameAreOneMonotonicSum() {
        FunctionCounter.builder("clew.spans", this, any -> 7).tag("d", "a").register(meters);
        FunctionCounter.builder("clew.spans", this, any -> 8).tag("d", "b").register(meters);
        MetricData metric = metric("clew.spans");
        assertTrue(metric.getDoubleSumData().isMonotonic());
        assertEquals(
                15,
                metric.getDoubleSumData().getPoints().stream()
                        .mapToDouble(DoublePointData::getValue)
                        .sum());
        // Two points with one attribute each.
        assertEquals(2 * (160 + 64), read().approximateBytes());
    }

    @Test
    void aGaugeHasItsUnitAndNoneIsSentWithoutAValue() {
        Gauge.builder("memory", this, any -> 5).baseUnit("bytes").register(meters);
        Gauge.builder("gone", this, any -> Double.NaN).register(meters);
        assertEquals("By", metric("memory").getUnit());
        assertEquals(5, only(metric("memory").getDoubleGaugeData().getPoints()).getValue());
        assertEquals(1, read().metrics().size());
    }

    @Test
    void aFunctionTimerIsACountAndASum() {
        FunctionTimer.builder("export", this, any -> 3, any -> 1500, TimeUnit.MILLISECONDS)
                .register(meters);
        assertEquals(
                3, only(metric("export.count").getDoubleSumData().getPoints()).getValue());
        assertEquals(
                1.5, only(metric("export.sum").getDoubleSumData().getPoints()).getValue());
        assertEquals("s", metric("export.sum").getUnit());
    }
}
