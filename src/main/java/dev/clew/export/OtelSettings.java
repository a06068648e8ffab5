package dev.clew.export;

import dev.clew.export.settings.DestinationFile;
import dev.clew.export.settings.Environment;
import dev.clew.export.settings.ExportSettings;
import dev.clew.export.settings.InternalSpanRatios;
import dev.clew.export.settings.KnownMethods;
import dev.clew.export.settings.QuarkusNames;
import dev.clew.export.settings.SdkSettings;
import dev.clew.export.settings.SettingProblem;
import dev.clew.export.settings.SettingText;
import dev.clew.trace.context.Propagator;
import dev.clew.trace.context.Propagators;
import dev.clew.trace.context.Sampler;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The standard {@code OTEL_*} environment variables, read so that no value can stop the gateway: an unusable one is
 * listed in {@link #problems()} and counts as unset.
 *
 * @param export the destinations
 * @param sampler the gateway's default sampler
 * @param propagators the formats of trace context received and sent
 * @param sdk the settings of OpenTelemetry's SDK
 * @param knownMethods the request methods that spans name; all others are recorded as {@code _OTHER}
 * @param internalSpans the shares of the gateway's own work that are traced
 * @param general ignored settings, other than those of {@code export}
 */
public record OtelSettings(
        ExportSettings export,
        Sampler sampler,
        Propagators propagators,
        SdkSettings sdk,
        List<String> knownMethods,
        InternalSpanRatios internalSpans,
        List<SettingProblem> general) {

    /** The bound on unsupported propagators named in a message. */
    private static final int MAX_NAMES = 3;

    public OtelSettings {
        knownMethods = List.copyOf(knownMethods);
        general = List.copyOf(general);
    }

    /**
     * Reads the variables alone, without a file.
     *
     * @param variables the environment: value by name, null if unset
     * @param version the gateway's version, for {@code service.version}
     */
    public static OtelSettings read(Function<String, @Nullable String> variables, String version) {
        return read(variables, version, DestinationFile.NONE, List.of());
    }

    /**
     * Reads the settings.
     *
     * @param variables the environment: value by name, null if unset
     * @param version the gateway's version, for {@code service.version}
     * @param file the destinations in {@code gateway/gateway.yaml}
     * @param names the names of all settings that operators set; those of Quarkus's own telemetry without effect are
     *     reported
     */
    public static OtelSettings read(
            Function<String, @Nullable String> variables,
            String version,
            DestinationFile file,
            Iterable<String> names) {
        Environment environment = Environment.of(variables);
        Sampler sampler = sampler(environment);
        Propagators propagators = propagators(environment);
        SdkSettings sdk = SdkSettings.read(
                environment,
                version,
                sampler,
                propagators.inOrder().stream().map(Propagator::token).toList());
        if (environment.written("OTEL_CONFIG_FILE") != null) {
            environment.report(
                    "OTEL_CONFIG_FILE",
                    "declarative configuration is not supported (expected: OTEL_* variables)",
                    "the file is not read");
        }
        List<String> methods = environment
                .read("the standard methods are used", KnownMethods::parse, "OTEL_INSTRUMENTATION_HTTP_KNOWN_METHODS")
                .orElse(KnownMethods.STANDARD);
        InternalSpanRatios internalSpans = InternalSpanRatios.read(environment);
        List<SettingProblem> problems = new ArrayList<>(environment.problems());
        problems.addAll(QuarkusNames.problems(names));
        return new OtelSettings(
                ExportSettings.read(variables, file), sampler, propagators, sdk, methods, internalSpans, problems);
    }

    /** Returns all problems. */
    public List<SettingProblem> problems() {
        List<SettingProblem> all = new ArrayList<>(general);
        all.addAll(export.problems());
        return all;
    }

    private static Sampler sampler(Environment environment) {
        Sampler.Choice choice = Sampler.fromEnvironment(
                text(environment, "OTEL_TRACES_SAMPLER"), text(environment, "OTEL_TRACES_SAMPLER_ARG"));
        report(environment, "", choice.problem());
        return choice.sampler();
    }

    private static @Nullable String text(Environment environment, String name) {
        @Nullable SettingText text = environment.written(name);
        return text == null ? null : text.value();
    }

    private static Propagators propagators(Environment environment) {
        @Nullable String list = text(environment, "OTEL_PROPAGATORS");
        Propagators.Choice choice = Propagators.fromEnvironment(list);
        report(environment, list == null ? "" : unsupported(list), choice.problem());
        return choice.propagators();
    }

    /** Returns the first few unsupported names, ready to be shown. */
    private static String unsupported(String list) {
        StringBuilder names = new StringBuilder();
        int left = MAX_NAMES;
        for (String written : list.split(",", -1)) {
            String name = written.strip();
            boolean known = name.isEmpty()
                    || name.equalsIgnoreCase("none")
                    || Arrays.stream(Propagator.values())
                            .anyMatch(each -> each.token().equalsIgnoreCase(name));
            if (!known && left-- > 0) {
                names.append(names.length() == 0 ? "" : ", ").append(Environment.shown(name));
            }
        }
        return names.length() == 0 ? "" : names.append(": ").toString();
    }

    /** @param problem begins with the setting's name and ends with the value used instead; null if there is none */
    private static void report(Environment environment, String values, @Nullable String problem) {
        if (problem != null) {
            int colon = problem.indexOf(": ");
            environment.report(problem.substring(0, colon), values + problem.substring(colon + 2), "");
        }
    }
}
