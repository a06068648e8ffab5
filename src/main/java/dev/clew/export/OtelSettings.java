package dev.clew.export;

import dev.clew.export.queue.AttributeLimits;
import dev.clew.export.queue.SpanOrigin;
import dev.clew.export.settings.DestinationFile;
import dev.clew.export.settings.Environment;
import dev.clew.export.settings.ExportSettings;
import dev.clew.export.settings.KeyValueList;
import dev.clew.export.settings.KnownMethods;
import dev.clew.export.settings.QuarkusNames;
import dev.clew.export.settings.SettingProblem;
import dev.clew.trace.context.Propagator;
import dev.clew.trace.context.Propagators;
import dev.clew.trace.context.Sampler;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.resources.Resource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The standard {@code OTEL_*} environment variables, read so that no value can stop the gateway: an unusable one is
 * listed in {@link #problems()} and counts as unset.
 *
 * @param export the destinations
 * @param sampler the gateway's default sampler
 * @param propagators the formats of trace context received and sent
 * @param origin the gateway's resource and scope
 * @param knownMethods the request methods that spans name; all others are recorded as {@code _OTHER}
 * @param general ignored settings, other than those of {@code export}
 */
public record OtelSettings(
        ExportSettings export,
        Sampler sampler,
        Propagators propagators,
        SpanOrigin origin,
        List<String> knownMethods,
        List<SettingProblem> general) {

    /** The bound on unsupported propagators named in a message. */
    private static final int MAX_NAMES = 3;

    private static final int MOST = Integer.MAX_VALUE;

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
     * @param names the names of all settings of the process; those of Quarkus's own telemetry are reported as without
     *     effect
     */
    public static OtelSettings read(
            Function<String, @Nullable String> variables,
            String version,
            DestinationFile file,
            Iterable<String> names) {
        Environment environment = Environment.of(variables);
        Sampler sampler = sampler(environment, variables);
        Propagators propagators = propagators(environment, variables);
        SpanOrigin origin = new SpanOrigin(
                resource(environment, version),
                InstrumentationScopeInfo.builder("dev.clew").setVersion(version).build(),
                limits(environment));
        if (environment.written("OTEL_CONFIG_FILE") != null) {
            environment.report(
                    "OTEL_CONFIG_FILE",
                    "declarative configuration is not supported (expected: OTEL_* variables)",
                    "the file is not read");
        }
        List<String> methods = environment
                .read("the standard methods are used", KnownMethods::parse, "OTEL_INSTRUMENTATION_HTTP_KNOWN_METHODS")
                .orElse(KnownMethods.STANDARD);
        List<SettingProblem> problems = new ArrayList<>(environment.problems());
        problems.addAll(QuarkusNames.problems(names));
        return new OtelSettings(ExportSettings.read(variables, file), sampler, propagators, origin, methods, problems);
    }

    /** Returns all problems. */
    public List<SettingProblem> problems() {
        List<SettingProblem> all = new ArrayList<>(general);
        all.addAll(export.problems());
        return all;
    }

    private static Sampler sampler(Environment environment, Function<String, @Nullable String> variables) {
        Sampler.Choice choice = Sampler.fromEnvironment(
                variables.apply("OTEL_TRACES_SAMPLER"), variables.apply("OTEL_TRACES_SAMPLER_ARG"));
        report(environment, "", choice.problem());
        return choice.sampler();
    }

    private static Propagators propagators(Environment environment, Function<String, @Nullable String> variables) {
        @Nullable String list = variables.apply("OTEL_PROPAGATORS");
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

    private static AttributeLimits limits(Environment environment) {
        AttributeLimits unset = AttributeLimits.DEFAULT;
        // The gateway's spans have no events and at most one link, without attributes: these are only checked.
        environment.integer(0, MOST, 128, "OTEL_SPAN_EVENT_COUNT_LIMIT");
        environment.integer(0, MOST, 128, "OTEL_EVENT_ATTRIBUTE_COUNT_LIMIT");
        environment.integer(0, MOST, 128, "OTEL_LINK_ATTRIBUTE_COUNT_LIMIT");
        return new AttributeLimits(
                environment.integer(
                        0, MOST, unset.count(), "OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT", "OTEL_ATTRIBUTE_COUNT_LIMIT"),
                environment.integer(
                        0,
                        MOST,
                        unset.valueLength(),
                        "OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT",
                        "OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT"),
                environment.integer(0, MOST, unset.links(), "OTEL_SPAN_LINK_COUNT_LIMIT"));
    }

    private static Resource resource(Environment environment, String version) {
        AttributesBuilder attributes =
                Attributes.builder().put("service.name", "clew").put("service.version", version);
        Map<String, String> given = environment
                .read("no attribute of it is used", KeyValueList::parse, "OTEL_RESOURCE_ATTRIBUTES")
                .orElse(Map.of());
        given.forEach((key, value) -> attributes.put(AttributeKey.stringKey(key), value));
        environment.read("", name -> name, "OTEL_SERVICE_NAME").ifPresent(name -> attributes.put("service.name", name));
        // Resource.getDefault() names the service "unknown_service:java"; merged attributes take precedence.
        return Resource.getDefault().merge(Resource.create(attributes.build()));
    }
}
