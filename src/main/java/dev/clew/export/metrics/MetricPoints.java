package dev.clew.export.metrics;

import dev.clew.export.queue.SpanOrigin;
import io.micrometer.core.instrument.Meter;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.DoublePointData;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.data.PointData;
import io.opentelemetry.sdk.metrics.internal.data.ImmutableGaugeData;
import io.opentelemetry.sdk.metrics.internal.data.ImmutableHistogramData;
import io.opentelemetry.sdk.metrics.internal.data.ImmutableMetricData;
import io.opentelemetry.sdk.metrics.internal.data.ImmutableSumData;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The data points of one metric, all of one kind. */
final class MetricPoints {

    /** The kind of a metric. */
    enum Kind {
        GAUGE,
        /** A sum that only grows. */
        COUNTER,
        /** A sum that may fall. */
        UP_DOWN_COUNTER,
        HISTOGRAM
    }

    private static final long POINT_BYTES = 160;
    /** Keys are shared, values nearly always too. */
    private static final long ATTRIBUTE_BYTES = 64;
    /** A boundary and a count, boxed, and their places in two lists. */
    private static final long BUCKET_BYTES = 56;

    private final String name;
    private final String description;
    private final String unit;
    private final Kind kind;
    private final List<PointData> points = new ArrayList<>();

    private MetricPoints(String name, Meter.Id id, String unit, Kind kind) {
        this.name = name;
        this.description = Objects.requireNonNullElse(id.getDescription(), "");
        this.unit = unit;
        this.kind = kind;
    }

    /** Adds a point to the metric of this name. A point of another kind than the first is left out. */
    static void add(
            Map<String, MetricPoints> metrics, Meter.Id id, String suffix, String unit, Kind kind, PointData point) {
        String name = id.getName() + suffix;
        MetricPoints metric = metrics.computeIfAbsent(name, n -> new MetricPoints(n, id, unit, kind));
        if (metric.kind == kind) {
            metric.points.add(point);
        }
    }

    /** Returns the approximate size in memory. */
    long approximateBytes() {
        long bytes = 0;
        for (PointData point : points) {
            bytes += POINT_BYTES + ATTRIBUTE_BYTES * point.getAttributes().size();
            if (point instanceof HistogramPointData histogram) {
                bytes += BUCKET_BYTES * histogram.getCounts().size();
            }
        }
        return bytes;
    }

    @SuppressWarnings("unchecked") // all points are of the kind's type
    MetricData data(SpanOrigin origin) {
        List<DoublePointData> numbers = (List<DoublePointData>) (List<?>) points;
        return switch (kind) {
            case GAUGE ->
                ImmutableMetricData.createDoubleGauge(
                        origin.resource(), origin.scope(), name, description, unit, ImmutableGaugeData.create(numbers));
            case COUNTER, UP_DOWN_COUNTER ->
                ImmutableMetricData.createDoubleSum(
                        origin.resource(),
                        origin.scope(),
                        name,
                        description,
                        unit,
                        ImmutableSumData.create(kind == Kind.COUNTER, AggregationTemporality.CUMULATIVE, numbers));
            case HISTOGRAM ->
                ImmutableMetricData.createDoubleHistogram(
                        origin.resource(),
                        origin.scope(),
                        name,
                        description,
                        unit,
                        ImmutableHistogramData.create(
                                AggregationTemporality.CUMULATIVE, (List<HistogramPointData>) (List<?>) points));
        };
    }
}
