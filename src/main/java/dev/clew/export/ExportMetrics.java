package dev.clew.export;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * The counts of {@link Exports} as metrics. They are read when scraped; a request pays nothing for them. The tags are
 * bounded: configured destinations and {@link DropReason}.
 */
public final class ExportMetrics implements MeterBinder {

    private final Exports exports;

    /** @param exports what is counted */
    public ExportMetrics(Exports exports) {
        this.exports = exports;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("clew.telemetry.setting.problems", exports, e -> e.problems()
                        .size())
                .description("Telemetry settings that could not be used and count as unset")
                .register(registry);
        exports.destinations().forEach(destination -> bind(destination, registry));
    }

    private static void bind(Destination destination, MeterRegistry registry) {
        SpanQueue queue = destination.queue();
        FunctionCounter.builder("clew.export.spans.exported", queue, SpanQueue::exported)
                .description("Spans the destination acknowledged")
                .tag("destination", destination.name())
                .register(registry);
        for (DropReason reason : DropReason.values()) {
            FunctionCounter.builder("clew.export.spans.dropped", queue, q -> q.dropped(reason))
                    .description("Spans that did not reach the destination")
                    .tag("destination", destination.name())
                    .tag("reason", reason.tag())
                    .register(registry);
        }
        gauge(destination, "clew.export.queue.spans", "Spans waiting or being sent", registry, SpanQueue::queued);
        gauge(destination, "clew.export.queue.capacity", "Most spans that can wait", registry, SpanQueue::capacity);
        gauge(destination, "clew.export.queue.bytes", "Bytes of the spans waiting", registry, SpanQueue::queuedBytes);
        Gauge.builder("clew.export.last.success.seconds", destination, d -> d.lastSuccessEpochMillis() / 1000.0)
                .description("When the destination last acknowledged spans, in seconds since 1970; 0 when never")
                .tag("destination", destination.name())
                .register(registry);
    }

    private static void gauge(
            Destination destination,
            String name,
            String description,
            MeterRegistry registry,
            java.util.function.ToDoubleFunction<SpanQueue> value) {
        Gauge.builder(name, destination.queue(), value)
                .description(description)
                .tag("destination", destination.name())
                .register(registry);
    }
}
