package dev.clew.export.settings;

import dev.clew.trace.context.Sampler;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The settings that OpenTelemetry's SDK reads by itself, checked: it would throw on a malformed one.
 *
 * @param properties values for the SDK's properties by name; they override whatever the environment says
 * @param resource the attributes that settings give the resource
 */
public record SdkSettings(Map<String, String> properties, Attributes resource) {

    private static final int MAX = Integer.MAX_VALUE;

    /** The propagators that the SDK has; the gateway's own include more. */
    private static final List<String> PROPAGATORS = List.of("tracecontext", "baggage");

    public SdkSettings {
        properties = Map.copyOf(properties);
    }

    /**
     * Reads the settings.
     *
     * @param version the gateway's version, for {@code service.version}
     * @param sampler the configured sampler
     * @param propagators the names of the propagators in force
     */
    public static SdkSettings read(Environment environment, String version, Sampler sampler, List<String> propagators) {
        Map<String, String> properties = new LinkedHashMap<>();
        // The gateway attaches its own processors and readers, and switches export off by itself.
        for (String signal : List.of("traces", "metrics", "logs")) {
            properties.put("otel." + signal + ".exporter", "none");
        }
        properties.put("otel.sdk.disabled", "false");
        sampler(sampler, "", properties);
        properties.put("otel.propagators", sdkPropagators(propagators));
        properties.put("otel.metrics.exemplar.filter", "always_off");
        properties.put("otel.java.metrics.cardinality.limit", "2000");
        properties.put("otel.experimental.metrics.cardinality.limit", "2000");
        properties.put("otel.resource.attributes", "");
        properties.put("otel.service.name", "");
        limits(environment, properties);
        return new SdkSettings(properties, resource(environment, version));
    }

    private static void sampler(Sampler sampler, String prefix, Map<String, String> properties) {
        if (sampler instanceof Sampler.ParentBased parentBased) {
            sampler(parentBased.root(), "parentbased_", properties);
            return;
        }
        String name = sampler instanceof Sampler.TraceIdRatio
                ? "traceidratio"
                : sampler instanceof Sampler.AlwaysOff ? "always_off" : "always_on";
        properties.put("otel.traces.sampler", prefix + name);
        properties.put(
                "otel.traces.sampler.arg",
                sampler instanceof Sampler.TraceIdRatio share ? Double.toString(share.ratio()) : "1");
    }

    private static String sdkPropagators(List<String> names) {
        List<String> known = names.stream().filter(PROPAGATORS::contains).toList();
        return known.isEmpty() ? "none" : String.join(",", known);
    }

    /** Reads the limits on spans ("Attribute Limits", "Span Limits"). The SDK applies the general ones to logs too. */
    private static void limits(Environment environment, Map<String, String> properties) {
        limit(environment, properties, 128, "OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT", "OTEL_ATTRIBUTE_COUNT_LIMIT");
        limit(
                environment,
                properties,
                MAX,
                "OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT",
                "OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT");
        limit(environment, properties, 128, "OTEL_SPAN_EVENT_COUNT_LIMIT");
        limit(environment, properties, 128, "OTEL_SPAN_LINK_COUNT_LIMIT");
        // Not read by the SDK, so only checked.
        limit(environment, properties, 128, "OTEL_EVENT_ATTRIBUTE_COUNT_LIMIT");
        limit(environment, properties, 128, "OTEL_LINK_ATTRIBUTE_COUNT_LIMIT");
    }

    private static void limit(Environment environment, Map<String, String> properties, int unset, String... variables) {
        String limit = Integer.toString(environment.integer(0, MAX, unset, variables));
        for (String variable : variables) {
            properties.put(variable.toLowerCase(Locale.ROOT).replace('_', '.'), limit);
        }
    }

    private static Attributes resource(Environment environment, String version) {
        AttributesBuilder attributes =
                Attributes.builder().put("service.name", "clew").put("service.version", version);
        Map<String, String> given = environment
                .read("no attribute of it is used", KeyValueList::parse, "OTEL_RESOURCE_ATTRIBUTES")
                .orElse(Map.of());
        given.forEach((key, value) -> attributes.put(AttributeKey.stringKey(key), value));
        @Nullable String name = environment.read("", text -> text, "OTEL_SERVICE_NAME").orElse(null);
        if (name != null) {
            attributes.put("service.name", name);
        }
        return attributes.build();
    }
}
