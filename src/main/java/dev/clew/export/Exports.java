package dev.clew.export;

import dev.clew.export.otlp.Backend;
import dev.clew.export.otlp.OtlpExporters;
import dev.clew.export.queue.CounterBook;
import dev.clew.export.queue.DropReason;
import dev.clew.export.queue.ExportCounters;
import dev.clew.export.queue.SpanSink;
import dev.clew.export.settings.DestinationReading;
import dev.clew.export.settings.DestinationSettings;
import dev.clew.export.settings.ExportSettings;
import dev.clew.export.settings.OtlpSettings;
import dev.clew.export.settings.SettingProblem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The way out for spans: all destinations, made from settings that may be wrong and may change. Nothing here throws for
 * a setting: a destination that cannot be made drops its spans and counts them, and the reason is in
 * {@link #problems()} and the log.
 */
public final class Exports {

    /** How long a destination that is taken away, or a connection that is replaced, may take to finish. */
    private static final Duration CHANGE_BOUND = Duration.ofSeconds(5);

    /** What spans for destinations that are not there are counted under: one name, whatever tenants' files hold. */
    private static final String UNKNOWN = "unknown";

    private final Duration changeBound;
    private final List<SettingProblem> general;
    private List<SettingProblem> ofFiles;
    private final CounterBook counters = new CounterBook();
    private final SpanRoutes routes = new SpanRoutes();
    private final ProblemLog log = new ProblemLog();
    private final Map<String, DestinationReading> inForce = new LinkedHashMap<>();
    private final Map<String, SettingProblem> unusable = new LinkedHashMap<>();
    private ExportSettings settings;
    private boolean closed;
    private volatile Map<String, Destination> destinations = Map.of();

    /** Starts the destinations, and logs each problem of the settings once. */
    public Exports(OtelSettings otel) {
        this(otel, List.of(), CHANGE_BOUND);
    }

    /** @param logged further problems of telemetry settings, which have been logged */
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
     * Goes over to other settings. What is equal stays as it is, with its connection and its queue. Blocks for a few
     * seconds at most, while what ends finishes; requests and {@link #close} do not wait for it.
     */
    public void apply(ExportSettings next) {
        List<Consumer<Duration>> finishing = new ArrayList<>();
        synchronized (this) {
            if (closed) {
                return;
            }
            settings = next;
            Map<String, Destination> before = destinations;
            Map<String, Destination> all = new LinkedHashMap<>(before);
            for (DestinationChange change : DestinationChange.plan(inForce, next.wanted())) {
                begin(change, all, finishing);
            }
            next.wanted().forEach(this::noteGood);
            destinations = all;
            routes.refresh(this::target);
            // Only now, when no new span is led there.
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

    private void begin(DestinationChange change, Map<String, Destination> all, List<Consumer<Duration>> finishing) {
        if (change instanceof DestinationChange.Remove remove) {
            all.remove(remove.name());
            inForce.remove(remove.name());
            unusable.remove(remove.name());
            ChangeLog.removed(remove.name());
        } else if (change instanceof DestinationChange.Add add) {
            String name = add.reading().name();
            DestinationSettings made = add.reading().settings();
            all.put(name, new Destination(counters.of(name), made, backend(made)));
            inForce.put(name, add.reading());
            ChangeLog.added(made);
        } else if (change instanceof DestinationChange.Replace replace) {
            DestinationSettings made = replace.reading().settings();
            Backend backend = backend(made);
            @Nullable Destination destination = all.get(made.name());
            if (destination != null && !unusable.containsKey(made.name())) {
                DestinationRevision before = destination.beginReplacing(made, backend);
                finishing.add(bound -> destination.finishReplacing(before, bound));
                inForce.put(made.name(), replace.reading());
                ChangeLog.changed(before.settings(), made);
            }
        }
    }

    /** Settings that are as before, and free of what was wrong beside them. */
    private void noteGood(DestinationReading reading) {
        @Nullable DestinationReading now = inForce.get(reading.name());
        if (now != null && reading.isGood() && now.settings().equals(reading.settings())) {
            inForce.put(reading.name(), reading);
        }
    }

    @SuppressWarnings("PMD.AvoidCatchingThrowable") // AC-7: not even a class that is missing may stop the gateway
    private Backend backend(DestinationSettings made) {
        unusable.remove(made.name());
        @Nullable OtlpSettings otlp = made.otlp();
        if (otlp == null) {
            return Backend.NONE;
        }
        try {
            return OtlpExporters.create(otlp, made.queue().exportTimeout());
        } catch (Throwable e) {
            // Not its message, which may quote a header or a key.
            String problem = "no exporter can be made from these settings ("
                    + e.getClass().getSimpleName() + ")";
            unusable.put(made.name(), new SettingProblem("destinations." + made.name(), problem));
            return Backend.NONE;
        }
    }

    /**
     * Where the spans of whoever exports to these destinations go: the same object for the same names, now and after
     * every change of the destinations.
     *
     * @param names of destinations; spans for one that is not there are dropped and counted
     */
    public synchronized SpanSink to(List<String> names) {
        SpanSink sink = routes.to(names, this::target);
        log.report(problems());
        return sink;
    }

    /**
     * The tenants have changed.
     *
     * @param lists all lists of names that are used from now on; what only another one names is no problem any more
     * @param logged the problems of telemetry settings in their files, which have been logged
     */
    public synchronized void follow(Collection<List<String>> lists, List<SettingProblem> logged) {
        routes.retain(lists, List.of(DestinationSettings.DEFAULT));
        ofFiles = List.copyOf(logged);
        log.skip(logged);
        log.report(problems());
    }

    /** Where spans go that belong to no tenant with a choice of its own. */
    public SpanSink sink() {
        return to(List.of(DestinationSettings.DEFAULT));
    }

    private @Nullable SpanSink target(String name) {
        @Nullable Destination destination = destinations.get(name);
        if (destination != null || settings.isOff(name)) {
            return destination;
        }
        ExportCounters unknown = counters.of(UNKNOWN);
        return span -> {
            unknown.offered();
            unknown.drop(DropReason.UNKNOWN_DESTINATION);
        };
    }

    /** Spans offered so far; each once, however many destinations it goes to. */
    public long sampled() {
        return routes.offered();
    }

    /** The destinations, {@code default} first; without those that are switched off. */
    public List<Destination> destinations() {
        return List.copyOf(destinations.values());
    }

    public synchronized ExportSettings settings() {
        return settings;
    }

    /** Spans for destinations that are not there, all of them dropped. */
    public long unknown() {
        return counters.dropped(UNKNOWN, DropReason.UNKNOWN_DESTINATION);
    }

    /** Settings that could not be used; safe to show. */
    public synchronized List<SettingProblem> problems() {
        List<SettingProblem> all = new ArrayList<>(general);
        all.addAll(ofFiles);
        all.addAll(settings.problems(next -> DestinationChange.keepsFormer(inForce.get(next.name()), next)));
        all.addAll(unusable.values());
        all.addAll(routes.unknown(destinations.keySet(), settings::isOff));
        return all;
    }

    public CounterBook counters() {
        return counters;
    }

    /**
     * Sends what waits for as long as the bound allows, all destinations at the same time, and counts the rest as
     * dropped.
     *
     * @param bound most time this call takes, give or take half a second
     */
    public void close(Duration bound) {
        List<Consumer<Duration>> finishing = new ArrayList<>();
        synchronized (this) {
            closed = true;
            for (Destination destination : destinations.values()) {
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
