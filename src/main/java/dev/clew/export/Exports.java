package dev.clew.export;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.jboss.logging.Logger;

/**
 * The way out for spans: all destinations, made from settings that may be wrong. Making it never throws; a destination
 * that cannot be made drops its spans and counts them, and the reason is in {@link #problems()} and the log.
 */
public final class Exports {

    private static final Logger LOG = Logger.getLogger(Exports.class);

    private final List<Destination> destinations;
    private final List<SettingProblem> problems;
    private final LongAdder started = new LongAdder();
    private final SpanSink sink;

    /** Starts the destinations, and logs each problem of the settings once. */
    public Exports(OtelSettings settings) {
        List<SettingProblem> found = new ArrayList<>(settings.problems());
        this.destinations = settings.export() ? List.of(create("default", settings, found)) : List.of();
        this.problems = List.copyOf(found);
        this.sink = switch (destinations.size()) {
            case 0 -> SpanSink.NONE;
            case 1 -> destinations.get(0).sink();
            default -> fanOut(destinations.stream().map(Destination::sink).toArray(SpanSink[]::new));
        };
        problems.forEach(problem -> LOG.warnf("telemetry setting %s", problem));
    }

    @SuppressWarnings("PMD.AvoidCatchingThrowable") // AC-7: not even a class that is missing may stop the gateway
    private static Destination create(String name, OtelSettings settings, List<SettingProblem> problems) {
        OtlpSettings otlp = settings.otlp();
        SpanExporter exporter;
        try {
            exporter = OtlpExporters.create(otlp, settings.queue().exportTimeout());
        } catch (Throwable e) {
            // Not its message, which may quote a header or a key.
            problems.add(new SettingProblem(
                    "OTEL_EXPORTER_OTLP_*",
                    "no exporter can be made from these settings ("
                            + e.getClass().getSimpleName() + "); all spans are dropped"));
            Destination unusable = new Destination(name, otlp.address(), settings.queue(), new NoExporter());
            unusable.queue().refuse(DropReason.MISCONFIGURED);
            return unusable;
        }
        return new Destination(name, otlp.address(), settings.queue(), exporter);
    }

    private SpanSink fanOut(SpanSink[] sinks) {
        return span -> {
            started.increment();
            for (SpanSink each : sinks) {
                each.offer(span);
            }
        };
    }

    /** Where finished spans go: to every destination. Does nothing when export is switched off. */
    public SpanSink sink() {
        return sink;
    }

    /** Whether a span offered to {@link #sink()} goes anywhere. */
    public boolean enabled() {
        return !destinations.isEmpty();
    }

    /** Spans offered to {@link #sink()} so far; each once, however many destinations it went to. */
    public long started() {
        return destinations.size() == 1 ? destinations.get(0).queue().offered() : started.sum();
    }

    /** The destinations; none when export is switched off. */
    public List<Destination> destinations() {
        return destinations;
    }

    /** Settings that could not be used; safe to show. */
    public List<SettingProblem> problems() {
        return problems;
    }

    /**
     * Sends what waits for as long as the bound allows, all destinations at the same time, and counts the rest as dropped.
     *
     * @param bound most time this call takes, give or take half a second
     */
    public void close(Duration bound) {
        long closeBy = System.nanoTime() + bound.toNanos();
        destinations.forEach(destination -> destination.beginClose(bound));
        for (Destination destination : destinations) {
            destination.awaitClosed(Duration.ofNanos(Math.max(0, closeBy - System.nanoTime())));
        }
    }

    /** Stands in where no exporter could be made; no span reaches it. */
    private static final class NoExporter implements SpanExporter {
        @Override
        public CompletableResultCode export(Collection<SpanData> spans) {
            return CompletableResultCode.ofFailure();
        }

        @Override
        public CompletableResultCode flush() {
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode shutdown() {
            return CompletableResultCode.ofSuccess();
        }
    }
}
