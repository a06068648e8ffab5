package dev.clew.export;

import dev.clew.export.otlp.Backend;
import dev.clew.export.otlp.OtlpExporters;
import dev.clew.export.queue.CounterBook;
import dev.clew.export.queue.DropReason;
import dev.clew.export.queue.ExportCounters;
import dev.clew.export.queue.QueuedSpan;
import dev.clew.export.queue.SpanSink;
import dev.clew.export.settings.DestinationReading;
import dev.clew.export.settings.DestinationSettings;
import dev.clew.export.settings.ExportSettings;
import dev.clew.export.settings.SettingProblem;
import dev.clew.export.settings.Signal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * All destinations of telemetry, created from settings that may be invalid and may change. No setting makes this class
 * throw: a destination that cannot be created drops and counts its spans, and the reason is in {@link #problems()} and
 * the log.
 */
public final class Exports {

    /** The time that a removed destination or a replaced connection has to finish. */
    private static final Duration CHANGE_BOUND = Duration.ofSeconds(5);

    /** The name that counts spans for unknown destinations, whatever names tenants' files contain. */
    private static final String UNKNOWN = "unknown";

    private final Duration changeBound;
    private final List<SettingProblem> general;
    private List<SettingProblem> ofFiles;
    private final CounterBook counters = new CounterBook();
    private final SpanRoutes routes = new SpanRoutes();
    private final ProblemLog log = new ProblemLog();
    private final Map<String, DestinationReading> inForce = new LinkedHashMap<>();
    private final Backends backends = new Backends();
    private final OtherExports others = new OtherExports(counters, backends);
    private ExportSettings settings;
    private boolean closed;
    private volatile Map<String, Destination<QueuedSpan>> destinations = Map.of();

    /** Starts the destinations, and logs each problem of the settings once. */
    public Exports(OtelSettings otel) {
        this(otel, List.of(), CHANGE_BOUND);
    }

    /** @param logged further problems of telemetry settings, logged already */
    public Exports(OtelSettings otel, List<SettingProblem> logged) {
        this(otel, logged, CHANGE_BOUND);
    }

    Exports(OtelSettings otel, List<SettingProblem> logged, Duration changeBound) {
        this.changeBound = changeBound;
        this.general = List.copyOf(otel.general());
        this.ofFiles = List.copyOf(logged);
        log.skip(logged);
        this.settings = otel.export();
        ChangeLog.started(settings);
        apply(settings);
    }

    /**
     * Applies new settings. A destination with equal settings keeps its connection and queue. Blocks for a few seconds
     * at most, while removed destinations finish; requests and {@link #close} do not wait for it.
     */
    public void apply(ExportSettings next) {
        List<Consumer<Duration>> finishing = new ArrayList<>();
        synchronized (this) {
            if (closed) {
                return;
            }
            settings = next;
            Map<String, Destination<QueuedSpan>> before = destinations;
            Map<String, Destination<QueuedSpan>> all = new LinkedHashMap<>(before);
            for (DestinationChange change : DestinationChange.plan(inForce, next.wanted())) {
                begin(change, all, finishing);
            }
            next.wanted().forEach(this::noteGood);
            others.apply(next, finishing);
            destinations = all;
            routes.refresh(this::target);
            // Only now, when no new span is routed there.
            before.forEach((name, destination) -> {
                if (!all.containsKey(name)) {
                    destination.beginClose(DropReason.REMOVED, changeBound);
                    finishing.add(destination::awaitClosed);
                }
            });
            log.report(problems());
        }
        finish(finishing, changeBound);
    }

    private void begin(
            DestinationChange change, Map<String, Destination<QueuedSpan>> all, List<Consumer<Duration>> finishing) {
        if (change instanceof DestinationChange.Remove remove) {
            all.remove(remove.name());
            inForce.remove(remove.name());
            backends.forget(remove.name());
            ChangeLog.removed(remove.name());
        } else if (change instanceof DestinationChange.Add add) {
            String name = add.reading().name();
            DestinationSettings made = add.reading().settings();
            all.put(
                    name,
                    new Destination<>(
                            counters.of(Signal.TRACES, name), made, backends.create(made, OtlpExporters::spans)));
            inForce.put(name, add.reading());
            ChangeLog.added(made);
        } else if (change instanceof DestinationChange.Replace replace) {
            DestinationSettings made = replace.reading().settings();
            Backend<QueuedSpan> backend = backends.create(made, OtlpExporters::spans);
            @Nullable Destination<QueuedSpan> destination = all.get(made.name());
            if (destination != null && !backends.isUnusable(made)) {
                DestinationRevision<QueuedSpan> before = destination.beginReplacing(made, backend);
                finishing.add(bound -> destination.finishReplacing(before, bound));
                inForce.put(made.name(), replace.reading());
                ChangeLog.changed(before.settings(), made);
            }
        }
    }

    /** Records settings that are unchanged but free of their former problems. */
    private void noteGood(DestinationReading reading) {
        @Nullable DestinationReading now = inForce.get(reading.name());
        if (now != null && reading.isGood() && now.settings().equals(reading.settings())) {
            inForce.put(reading.name(), reading);
        }
    }

    /**
     * Returns the sink for spans to these destinations, the same across their changes. Spans for unknown names are
     * dropped and counted. Takes a lock for new names only, since event loops look the others up for each span.
     */
    public SpanSink to(List<String> names) {
        @Nullable SpanSink known = routes.find(names);
        return known != null ? known : create(names);
    }

    private synchronized SpanSink create(List<String> names) {
        SpanSink sink = routes.to(names, this::target);
        log.report(problems());
        return sink;
    }

    /**
     * Updates the sinks after a change of the tenants.
     *
     * @param lists all lists of names in use; a name in no list is no longer reported as a problem
     * @param logged the problems of telemetry settings in the tenants' files, logged already
     */
    public synchronized void follow(Collection<List<String>> lists, List<SettingProblem> logged) {
        routes.retain(lists, List.of(DestinationSettings.DEFAULT));
        ofFiles = List.copyOf(logged);
        log.skip(logged);
        log.report(problems());
    }

    /** Returns the sink for spans of tenants without their own list. */
    public SpanSink sink() {
        return to(List.of(DestinationSettings.DEFAULT));
    }

    private @Nullable SpanSink target(String name) {
        @Nullable Destination<QueuedSpan> destination = destinations.get(name);
        if (destination != null) {
            return destination::offer;
        }
        if (settings.isOff(name)) {
            return null;
        }
        ExportCounters unknown = counters.of(Signal.TRACES, UNKNOWN);
        return span -> unknown.offeredInVain(DropReason.UNKNOWN_DESTINATION);
    }

    /** Returns the number of spans offered so far; each counts once, regardless of the number of its destinations. */
    public long sampled() {
        return routes.offered();
    }

    /** Returns the destinations that are switched on, {@code default} first. */
    public List<Destination<QueuedSpan>> destinations() {
        return List.copyOf(destinations.values());
    }

    public synchronized ExportSettings settings() {
        return settings;
    }

    /** Returns the number of spans for unknown destinations, all of them dropped. */
    public long unknown() {
        return counters.dropped(Signal.TRACES, UNKNOWN, DropReason.UNKNOWN_DESTINATION);
    }

    /** Returns the settings that could not be used; safe to show. */
    public synchronized List<SettingProblem> problems() {
        List<SettingProblem> all = new ArrayList<>(general);
        all.addAll(ofFiles);
        all.addAll(settings.problems(this::keepsFormer));
        all.addAll(backends.problems());
        return all;
    }

    private boolean keepsFormer(DestinationReading next) {
        return next.settings().signal() == Signal.TRACES
                ? DestinationChange.keepsFormer(inForce.get(next.name()), next)
                : others.keepsFormer(next);
    }

    /** Returns the export of the signals other than spans. */
    public OtherExports others() {
        return others;
    }

    public CounterBook counters() {
        return counters;
    }

    /** Sends queued items to all destinations at once, within the bound and half a second; the rest is dropped. */
    public void close(Duration bound) {
        List<Consumer<Duration>> finishing = new ArrayList<>();
        synchronized (this) {
            closed = true;
            List<Destination<?>> all = new ArrayList<>(destinations.values());
            all.addAll(others.destinations());
            for (Destination<?> destination : all) {
                destination.beginClose(DropReason.SHUTDOWN, bound);
                finishing.add(destination::awaitClosed);
            }
        }
        finish(finishing, bound);
    }

    private static void finish(List<Consumer<Duration>> finishing, Duration bound) {
        long by = System.nanoTime() + bound.toNanos();
        finishing.forEach(step -> step.accept(Duration.ofNanos(Math.max(0, by - System.nanoTime()))));
    }
}
