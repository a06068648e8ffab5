package dev.clew.export;

import dev.clew.trace.context.Propagators;
import dev.clew.trace.context.Sampler;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.resources.Resource;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The standard {@code OTEL_*} environment variables, read so that no value of any of them can stop the gateway: one that
 * cannot be used is in {@link #problems()} and counts as unset.
 *
 * @param export whether spans are exported ({@code OTEL_SDK_DISABLED}, {@code OTEL_TRACES_EXPORTER})
 * @param otlp where to
 * @param queue how they wait
 * @param sampler the gateway's default sampler
 * @param propagators the formats in which context is read and sent on
 * @param origin the gateway itself, as the maker of spans
 * @param problems settings that were ignored, in the order they were read
 */
public record OtelSettings(
        boolean export,
        OtlpSettings otlp,
        QueueSettings queue,
        Sampler sampler,
        Propagators propagators,
        SpanOrigin origin,
        List<SettingProblem> problems) {

    public OtelSettings {
        problems = List.copyOf(problems);
    }

    /**
     * Reads the settings.
     *
     * @param variables the environment: value by name, null when unset
     * @param version the gateway's version, for {@code service.version}
     */
    public static OtelSettings read(Function<String, @Nullable String> variables, String version) {
        Environment environment = new Environment(variables);
        boolean export = exporter(environment) && !environment.flag("OTEL_SDK_DISABLED");
        OtlpSettings otlp = OtlpEnvironment.read(environment);
        QueueSettings queue = queue(environment);
        Sampler sampler = sampler(environment, variables);
        Propagators propagators = propagators(environment, variables);
        SpanOrigin origin = new SpanOrigin(
                resource(environment, version),
                InstrumentationScopeInfo.builder("dev.clew").setVersion(version).build(),
                limits(environment));
        return new OtelSettings(export, otlp, queue, sampler, propagators, origin, environment.problems());
    }

    private static boolean exporter(Environment environment) {
        Environment.Parser<Boolean> parser = value -> {
            boolean otlp = false;
            for (String name : value.split(",", -1)) {
                switch (name.strip().toLowerCase(Locale.ROOT)) {
                    case "otlp" -> otlp = true;
                    case "none", "" -> {}
                    default -> throw new Environment.Malformed(Environment.shown(value) + " (expected: otlp or none)");
                }
            }
            return otlp;
        };
        return environment.read(parser, "OTEL_TRACES_EXPORTER").orElse(true);
    }

    private static QueueSettings queue(Environment environment) {
        QueueSettings unset = QueueSettings.DEFAULT;
        int maxSpans = environment.integer(1, QueueSettings.MOST_SPANS, unset.maxSpans(), "OTEL_BSP_MAX_QUEUE_SIZE");
        int batch =
                environment.integer(1, maxSpans, Math.min(unset.batch(), maxSpans), "OTEL_BSP_MAX_EXPORT_BATCH_SIZE");
        int delay = environment.integer(0, Integer.MAX_VALUE, 5000, "OTEL_BSP_SCHEDULE_DELAY");
        return new QueueSettings(
                maxSpans,
                // In step with the spans, so that raising OTEL_BSP_MAX_QUEUE_SIZE has an effect: 4 KiB each.
                Math.max(unset.maxBytes(), 4096L * maxSpans),
                batch,
                // No delay at all would have the thread spin while there is nothing to send.
                Duration.ofMillis(Math.max(10, delay)),
                OtlpEnvironment.timeout(environment, 30_000, "OTEL_BSP_EXPORT_TIMEOUT"));
    }

    private static Sampler sampler(Environment environment, Function<String, @Nullable String> variables) {
        Sampler.Choice choice = Sampler.fromEnvironment(
                variables.apply("OTEL_TRACES_SAMPLER"), variables.apply("OTEL_TRACES_SAMPLER_ARG"));
        report(environment, choice.problem());
        return choice.sampler();
    }

    private static Propagators propagators(Environment environment, Function<String, @Nullable String> variables) {
        Propagators.Choice choice = Propagators.fromEnvironment(variables.apply("OTEL_PROPAGATORS"));
        report(environment, choice.problem());
        return choice.propagators();
    }

    private static void report(Environment environment, @Nullable String problem) {
        if (problem != null) {
            int colon = problem.indexOf(": ");
            environment.problems().add(new SettingProblem(problem.substring(0, colon), problem.substring(colon + 2)));
        }
    }

    private static AttributeLimits limits(Environment environment) {
        return new AttributeLimits(
                environment.integer(
                        0,
                        Integer.MAX_VALUE,
                        AttributeLimits.DEFAULT.count(),
                        "OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT",
                        "OTEL_ATTRIBUTE_COUNT_LIMIT"),
                environment.integer(
                        0,
                        Integer.MAX_VALUE,
                        AttributeLimits.DEFAULT.valueLength(),
                        "OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT",
                        "OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT"));
    }

    private static Resource resource(Environment environment, String version) {
        AttributesBuilder attributes =
                Attributes.builder().put("service.name", "clew").put("service.version", version);
        Map<String, String> given =
                environment.read(Environment::pairs, "OTEL_RESOURCE_ATTRIBUTES").orElse(Map.of());
        given.forEach((key, value) -> attributes.put(AttributeKey.stringKey(key), value));
        environment.read(name -> name, "OTEL_SERVICE_NAME").ifPresent(name -> attributes.put("service.name", name));
        // Resource.getDefault() names the service "unknown_service:java"; what is merged in wins.
        return Resource.getDefault().merge(Resource.create(attributes.build()));
    }
}
