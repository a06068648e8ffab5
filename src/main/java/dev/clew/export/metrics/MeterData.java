package dev.clew.export.metrics;

import dev.clew.export.queue.MetricsCollection;
import dev.clew.export.queue.SpanOrigin;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.sdk.metrics.data.MetricData;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the meters of a registry as OpenTelemetry's metrics: names with dots, base units, cumulative values since the
 * start. Meters of one name are one metric, with a data point each.
 */
final class MeterData {

    private final MeterRegistry registry;
    private final SpanOrigin origin;
    private final long startEpochNanos;

    /** @param startEpochNanos the begin of cumulative values, in nanoseconds since 1970-01-01T00:00:00Z */
    MeterData(MeterRegistry registry, SpanOrigin origin, long startEpochNanos) {
        this.registry = registry;
        this.origin = origin;
        this.startEpochNanos = startEpochNanos;
    }

    /** Returns the values at this time. */
    MetricsCollection at(long epochNanos) {
        Map<String, MetricPoints> byName = new LinkedHashMap<>();
        PointTime time = new PointTime(startEpochNanos, epochNanos);
        for (Meter meter : registry.getMeters()) {
            MeterPoints.add(meter, time, byName);
        }
        List<MetricData> metrics = new ArrayList<>();
        long bytes = 0;
        for (MetricPoints points : byName.values()) {
            metrics.add(points.data(origin));
            bytes += points.approximateBytes();
        }
        return new MetricsCollection(metrics, (int) Math.min(Integer.MAX_VALUE, bytes));
    }
}
