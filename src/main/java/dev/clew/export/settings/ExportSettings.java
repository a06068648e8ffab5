package dev.clew.export.settings;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The destinations of spans, as {@code OTEL_*} and {@code gateway/gateway.yaml} define them together. Read again
 * whenever a file changes.
 *
 * @param enabled false if {@code OTEL_SDK_DISABLED} is true: nothing is exported
 * @param defaultOn false if {@code OTEL_TRACES_EXPORTER} is {@code none}: the destination {@code default} gets no spans
 * @param destinations all destinations, {@code default} first
 * @param others the destination of logs and of metrics, each if switched on
 * @param general problems that belong to no single destination
 * @param files every file that was read or looked for
 */
public record ExportSettings(
        boolean enabled,
        boolean defaultOn,
        List<DestinationReading> destinations,
        Map<Signal, DestinationReading> others,
        List<SettingProblem> general,
        Set<Path> files) {

    public ExportSettings {
        destinations = List.copyOf(destinations);
        others = Map.copyOf(others);
        general = List.copyOf(general);
        files = Set.copyOf(files);
    }

    /**
     * Reads the settings and the files that they name. Never throws, whatever their values.
     *
     * @param variables the environment: value by name, null if unset
     */
    public static ExportSettings read(Function<String, @Nullable String> variables, DestinationFile file) {
        Environment environment = Environment.of(variables);
        boolean enabled = !environment.flag("OTEL_SDK_DISABLED");
        boolean defaultOn = exporter(environment);
        SettingFiles files = new SettingFiles();
        List<DestinationReading> destinations = new ArrayList<>();
        DestinationEntry nothing = new DestinationEntry(DestinationSettings.DEFAULT, "", Map.of(), List.of());
        Optional<DestinationEntry> given = file.entries().stream()
                .filter(entry -> entry.name().equals(DestinationSettings.DEFAULT))
                .findFirst();
        if (given.isEmpty()) {
            destinations.add(destination(nothing, variables, files, file.folder()));
        }
        for (DestinationEntry entry : file.entries()) {
            boolean standard = entry.name().equals(DestinationSettings.DEFAULT);
            DestinationReading reading = destination(entry, standard ? variables : name -> null, files, file.folder());
            destinations.add(standard ? 0 : destinations.size(), reading);
        }
        Map<Signal, DestinationReading> others =
                new OtherSignals(variables, given.orElse(nothing), files, file.folder()).read(environment);
        Set<Path> watched = new LinkedHashSet<>(file.files());
        watched.addAll(files.named());
        List<SettingProblem> general = new ArrayList<>(environment.problems());
        general.addAll(file.problems());
        return new ExportSettings(enabled, defaultOn, destinations, others, general, watched);
    }

    private static DestinationReading destination(
            DestinationEntry entry, Function<String, @Nullable String> variables, SettingFiles files, Path folder) {
        Environment environment = Environment.of(entry, variables);
        @Nullable OtlpSettings otlp = new OtlpReader(Signal.TRACES, environment, entry, files, folder).read();
        QueueSettings queue = QueueReader.read(environment, Signal.TRACES);
        return new DestinationReading(
                new DestinationSettings(Signal.TRACES, entry.name(), otlp, queue), environment.problems());
    }

    private static boolean exporter(Environment environment) {
        Environment.Parser<Boolean> parser = value -> {
            boolean otlp = false;
            for (String name : value.split(",", -1)) {
                switch (name.strip().toLowerCase(Locale.ROOT)) {
                    case "otlp" -> otlp = true;
                    case "none", "" -> {}
                    default -> throw new Environment.Malformed("otlp or none");
                }
            }
            return otlp;
        };
        return environment.read("otlp is used", parser, "OTEL_TRACES_EXPORTER").orElse(true);
    }

    /** Returns the destinations that are switched on. */
    public List<DestinationReading> wanted() {
        return enabled
                ? destinations.stream()
                        .filter(reading -> !isOff(reading.name()))
                        .toList()
                : List.of();
    }

    /** Returns the destination of logs or metrics; null if they are switched off. */
    public @Nullable DestinationReading other(Signal signal) {
        return enabled ? others.get(signal) : null;
    }

    /** Returns true if the name belongs to a destination that is switched off. */
    public boolean isOff(String name) {
        return !enabled || !defaultOn && name.equals(DestinationSettings.DEFAULT);
    }

    /** Returns the names of the destinations that are switched off. */
    public List<String> off() {
        return destinations.stream()
                .map(DestinationReading::name)
                .filter(this::isOff)
                .toList();
    }

    /** Returns all problems, in the order found. */
    public List<SettingProblem> problems() {
        return problems(reading -> false);
    }

    /** Returns all problems, given the destinations that keep their former settings. */
    public List<SettingProblem> problems(Predicate<DestinationReading> keepsFormer) {
        // Signals share settings, whose problems are listed once.
        Set<SettingProblem> all = new LinkedHashSet<>(general);
        List<DestinationReading> readings = new ArrayList<>(destinations);
        readings.addAll(others.values());
        for (DestinationReading reading : readings) {
            boolean keeps = keepsFormer.test(reading);
            reading.problems()
                    .forEach(problem ->
                            all.add(keeps ? problem.instead("the destination keeps its former settings") : problem));
        }
        return List.copyOf(all);
    }
}
