package dev.clew.config.gateway;

import io.smallrye.config.ConfigSourceInterceptor;
import io.smallrye.config.ConfigSourceInterceptorContext;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.Priorities;
import jakarta.annotation.Priority;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Hides from Quarkus what operators write in those {@code quarkus.otel.*} settings that Quarkus converts to a type: a
 * malformed one would end the start, before anything of the gateway runs. The gateway reads these settings itself, from
 * the same sources, and gives the SDK what is usable.
 */
@Priority(Priorities.APPLICATION)
public final class QuarkusTelemetry implements ConfigSourceInterceptor {

    private static final long serialVersionUID = 1L;
    private static final String PREFIX = "quarkus.otel.";
    private static final String STANDARD = "otel.";
    private static final String VARIABLE = "OTEL_";

    /** Sources with a higher ordinal are the operator's, except for the one of values fixed by the build. */
    private static final int BUILT_IN_ORDINAL = 250;

    /** The default of each required setting, by its name after the prefix. */
    static final Map<String, String> DEFAULTS = new TreeMap<>(Map.ofEntries(
            Map.entry("sdk.disabled", "false"),
            Map.entry("attribute.count.limit", "128"),
            Map.entry("span.attribute.count.limit", "128"),
            Map.entry("span.event.count.limit", "128"),
            Map.entry("span.link.count.limit", "128"),
            Map.entry("metric.export.interval", "60s"),
            Map.entry("logs.level", "ALL"),
            Map.entry("logs.handler.enabled", "true"),
            Map.entry("bsp.schedule.delay", "5s"),
            Map.entry("bsp.max.queue.size", "2048"),
            Map.entry("bsp.max.export.batch.size", "512"),
            Map.entry("bsp.export.timeout", "30s"),
            Map.entry("blrp.schedule.delay", "1s"),
            Map.entry("blrp.max.queue.size", "2048"),
            Map.entry("blrp.max.export.batch.size", "512"),
            Map.entry("blrp.export.timeout", "30s"),
            Map.entry("experimental.shutdown-wait-time", "2s"),
            Map.entry("traces.suppress-non-application-uris", "false"),
            Map.entry("traces.include-static-resources", "true"),
            Map.entry("mp.compatibility", "false"),
            Map.entry("instrument.jvm-metrics", "true"),
            Map.entry("instrument.http-server-metrics", "true"),
            Map.entry("instrument.vertx-http", "false"),
            Map.entry("instrument.vertx-event-bus", "false"),
            Map.entry("instrument.vertx-sql-client", "false"),
            Map.entry("instrument.vertx-redis-client", "false")));

    /** Optional settings, by their names after the prefix. */
    static final Set<String> OPTIONAL =
            new TreeSet<>(Set.of("span.attribute.value.length.limit", "resource.attributes", "service.name"));

    static {
        for (String signal : List.of("", "traces.", "metrics.", "logs.")) {
            DEFAULTS.put("exporter.otlp." + signal + "timeout", "10s");
            DEFAULTS.put("exporter.otlp." + signal + "proxy-options.enabled", "false");
            OPTIONAL.add("exporter.otlp." + signal + "compression");
            OPTIONAL.add("exporter.otlp." + signal + "proxy-options.port");
        }
    }

    @Override
    public @Nullable ConfigValue getValue(ConfigSourceInterceptorContext context, String name) {
        boolean quarkus = name.startsWith(PREFIX);
        if (!quarkus && !name.startsWith(STANDARD) && !name.startsWith(VARIABLE)) {
            return context.proceed(name);
        }
        String rest = quarkus ? name.substring(PREFIX.length()) : "";
        ConfigValue value;
        try {
            value = context.proceed(name);
        } catch (RuntimeException malformed) {
            // An expression that cannot be expanded, such as a credential with "${" in it.
            return standard(name, DEFAULTS.get(rest));
        }
        if (value == null || !quarkus || !isOperators(value)) {
            return value;
        }
        return DEFAULTS.containsKey(rest) || OPTIONAL.contains(rest) ? standard(name, DEFAULTS.get(rest)) : value;
    }

    private static @Nullable ConfigValue standard(String name, @Nullable String value) {
        return value == null
                ? null
                : ConfigValue.builder()
                        .withName(name)
                        .withValue(value)
                        .withRawValue(value)
                        .build();
    }

    private static boolean isOperators(ConfigValue value) {
        int ordinal = value.getConfigSourceOrdinal();
        return ordinal > BUILT_IN_ORDINAL && ordinal < Integer.MAX_VALUE;
    }
}
