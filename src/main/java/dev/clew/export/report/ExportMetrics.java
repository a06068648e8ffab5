package dev.clew.export.report;

import dev.clew.export.Exports;
import dev.clew.export.queue.DropReason;
import dev.clew.export.queue.ExportCounters;
import dev.clew.export.queue.ExportCounts;
import dev.clew.export.settings.Signal;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/**
 * The counts of {@link Exports} as metrics. They are read on scrape, at no cost to requests. The tags are bounded:
 * configured destinations, one name for all others, and {@link DropReason}. Metrics of a destination are registered
 * when it is added, and stay after it is removed.
 */
public final class ExportMetrics implements MeterBinder {

    private final Exports exports;

    /** @param exports the source of the counts */
    public ExportMetrics(Exports exports) {
        this.exports = exports;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        FunctionCounter.builder("clew.spans.sampled", exports, Exports::sampled)
                .description("Spans offered for export")
                .register(registry);
        Gauge.builder("clew.telemetry.setting.problems", exports, e -> e.problems()
                        .size())
                .description("Telemetry settings that could not be used and count as unset")
                .register(registry);
        exports.counters().forEach(counters -> new DestinationMeters(counters, registry).bind());
    }

    private record DestinationMeters(ExportCounters counters, MeterRegistry registry) {

        void bind() {
            counter("started", " offered to the destination", Tags.empty(), ExportCounts::offered);
            counter("exported", " the destination acknowledged", Tags.empty(), ExportCounts::exported);
            for (DropReason reason : DropReason.values()) {
                counter(
                        "dropped",
                        " that did not reach the destination",
                        Tags.of("reason", reason.tag()),
                        counts -> counts.droppedByReason().getOrDefault(reason, 0L));
            }
            gauge("queue." + family(), tags(), items() + " waiting or being sent", c -> c.counts()
                    .queued()
                    .items());
            gauge("queue.bytes", signalTags(), "Bytes of the items waiting or being sent", c -> c.counts()
                    .queued()
                    .bytes());
            gauge("queue.capacity", signalTags(), "Capacity of the queue in items", ExportCounters::capacity);
            gauge(
                    "last.success.seconds",
                    signalTags(),
                    "Time of the last acknowledged batch in seconds since 1970; 0 if there is none",
                    c -> c.successes().lastEpochMillis() / 1000.0);
            gauge(
                    "last.error.seconds",
                    signalTags(),
                    "Time of the last failed export in seconds since 1970; 0 if there is none",
                    c -> c.failures().lastEpochMillis() / 1000.0);
            timer("success", counters.successes());
            timer("failure", counters.failures());
        }

        /** Returns the part of names that tells the signals apart: metrics of one name have the same unit. */
        private String family() {
            return counters.signal() == Signal.TRACES
                    ? "spans"
                    : counters.signal().tag();
        }

        /** Returns the items, at the beginning of a description. */
        private String items() {
            String items = counters.signal().items();
            return Character.toUpperCase(items.charAt(0)) + items.substring(1);
        }

        private Tags tags() {
            return Tags.of("destination", counters.name());
        }

        private Tags signalTags() {
            return tags().and("signal", counters.signal().tag());
        }

        private void counter(String name, String what, Tags more, ToDoubleFunction<ExportCounts> value) {
            FunctionCounter.builder(
                            "clew.export." + family() + "." + name, counters, c -> value.applyAsDouble(c.counts()))
                    .description(items() + what)
                    .tags(more.and(tags()))
                    .register(registry);
        }

        private void gauge(String name, Tags tags, String description, ToDoubleFunction<ExportCounters> value) {
            Gauge.builder("clew.export." + name, counters, value)
                    .description(description)
                    .tags(tags)
                    .register(registry);
        }

        private void timer(String outcome, ExportCounters.ExportTimes times) {
            FunctionTimer.builder(
                            "clew.export.duration",
                            times,
                            ExportCounters.ExportTimes::count,
                            ExportCounters.ExportTimes::nanos,
                            TimeUnit.NANOSECONDS)
                    .description("Exports, retries included")
                    .tags(signalTags())
                    .tag("outcome", outcome)
                    .register(registry);
        }
    }
}
