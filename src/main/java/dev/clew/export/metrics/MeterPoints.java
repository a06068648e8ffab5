package dev.clew.export.metrics;

import dev.clew.export.metrics.MetricPoints.Kind;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Measurement;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.distribution.CountAtBucket;
import io.micrometer.core.instrument.distribution.HistogramSnapshot;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.PointData;
import io.opentelemetry.sdk.metrics.internal.data.ImmutableDoublePointData;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** Turns one meter into data points. */
final class MeterPoints {

    private static final String SECONDS = "s";

    private final Meter meter;
    private final PointTime time;
    private final Attributes attributes;
    private final Map<String, MetricPoints> metrics;

    private MeterPoints(Meter meter, PointTime time, Map<String, MetricPoints> metrics) {
        this.meter = meter;
        this.time = time;
        this.attributes = attributes(meter);
        this.metrics = metrics;
    }

    static void add(Meter meter, PointTime time, Map<String, MetricPoints> metrics) {
        MeterPoints points = new MeterPoints(meter, time, metrics);
        meter.use(
                gauge -> points.number(Kind.GAUGE, "", gauge.value()),
                counter -> points.number(Kind.COUNTER, "", counter.count()),
                timer -> points.histogram(timer.takeSnapshot(), true),
                summary -> points.histogram(summary.takeSnapshot(), false),
                tasks -> {
                    points.number(Kind.GAUGE, ".active", tasks.activeTasks(), "");
                    points.number(Kind.GAUGE, ".duration", tasks.duration(TimeUnit.NANOSECONDS) / 1e9, SECONDS);
                },
                gauge -> points.number(Kind.GAUGE, "", gauge.value(TimeUnit.NANOSECONDS) / 1e9, SECONDS),
                counter -> points.number(Kind.COUNTER, "", counter.count()),
                points::times,
                points::others);
    }

    private static Attributes attributes(Meter meter) {
        AttributesBuilder attributes = Attributes.builder();
        for (Tag tag : meter.getId().getTagsAsIterable()) {
            attributes.put(tag.getKey(), tag.getValue());
        }
        return attributes.build();
    }

    private void number(Kind kind, String suffix, double value) {
        number(kind, suffix, value, unit());
    }

    private void number(Kind kind, String suffix, double value, String unit) {
        // A gauge whose object is gone has no value.
        if (!Double.isNaN(value)) {
            add(
                    kind,
                    suffix,
                    unit,
                    ImmutableDoublePointData.create(time.startEpochNanos(), time.epochNanos(), attributes, value));
        }
    }

    private void add(Kind kind, String suffix, String unit, PointData point) {
        MetricPoints.add(metrics, meter.getId(), suffix, unit, kind, point);
    }

    /** Micrometer's buckets are cumulative and in nanoseconds; those of OTLP are disjoint, with one beyond the last. */
    private void histogram(HistogramSnapshot snapshot, boolean isTime) {
        double scale = isTime ? 1e-9 : 1;
        List<Double> boundaries = new ArrayList<>();
        List<Long> counts = new ArrayList<>();
        long below = 0;
        for (CountAtBucket bucket : snapshot.histogramCounts()) {
            if (!Double.isInfinite(bucket.bucket())) {
                long upTo = Math.max(below, (long) bucket.count());
                boundaries.add(bucket.bucket() * scale);
                counts.add(upTo - below);
                below = upTo;
            }
        }
        counts.add(Math.max(0, snapshot.count() - below));
        add(
                Kind.HISTOGRAM,
                "",
                isTime ? SECONDS : unit(),
                HistogramPointData.create(
                        time.startEpochNanos(),
                        time.epochNanos(),
                        attributes,
                        isTime ? snapshot.total(TimeUnit.NANOSECONDS) / 1e9 : snapshot.total(),
                        false,
                        0,
                        false,
                        0,
                        boundaries,
                        counts));
    }

    private void times(FunctionTimer timer) {
        number(Kind.COUNTER, ".count", timer.count(), "");
        number(Kind.COUNTER, ".sum", timer.totalTime(TimeUnit.NANOSECONDS) / 1e9, SECONDS);
    }

    private void others(Meter other) {
        for (Measurement measurement : other.measure()) {
            String statistic = "." + measurement.getStatistic().name().toLowerCase(Locale.ROOT);
            number(Kind.GAUGE, statistic, measurement.getValue());
        }
    }

    /** Returns the unit in the notation of UCUM, which OpenTelemetry uses. */
    private String unit() {
        String unit = Objects.requireNonNullElse(meter.getId().getBaseUnit(), "");
        return switch (unit) {
            case "bytes" -> "By";
            case "seconds" -> SECONDS;
            case "milliseconds" -> "ms";
            case "percent" -> "%";
            case "" -> "";
            default -> "{" + unit + "}";
        };
    }
}
