package dev.clew.config.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.opentelemetry.runtime.config.runtime.OTelRuntimeConfig;
import io.quarkus.opentelemetry.runtime.config.runtime.exporter.OtlpExporterRuntimeConfig;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import io.smallrye.config.WithParentName;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuarkusTelemetryTest {

    private static final String PREFIX = "quarkus.otel.";
    private static final List<String> INSTRUMENTATION =
            List.of("vertx-http", "vertx-event-bus", "vertx-sql-client", "vertx-redis-client");

    /** Settings whose conversion cannot fail. That of a required flag can: an empty one counts as missing. */
    private static final Set<String> HARMLESS =
            Set.of("java.util.Optional<java.lang.String>", "java.util.Optional<java.util.List<java.lang.String>>");

    private static final Properties BUILT = built();

    private static Properties built() {
        Properties properties = new Properties();
        try (InputStream in = QuarkusTelemetryTest.class.getResourceAsStream("/application.properties")) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties;
    }

    private static SmallRyeConfig config(Map<String, String> environment, Map<String, String> builtIn) {
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withInterceptors(new QuarkusTelemetry())
                .withSources(new EnvConfigSource(environment, 300), new PropertiesConfigSource(builtIn, "jar", 250))
                .build();
    }

    /** Returns the defaults of Quarkus's settings of other types, by name after the prefix; "" without a default. */
    private static Map<String, String> typed() {
        Map<String, String> typed = new TreeMap<>();
        for (Class<?> mapping : List.of(OTelRuntimeConfig.class, OtlpExporterRuntimeConfig.class)) {
            collect(mapping, mapping.getAnnotation(ConfigMapping.class).prefix(), typed);
        }
        return typed;
    }

    private static void collect(Class<?> mapping, String prefix, Map<String, String> typed) {
        for (Method method : mapping.getMethods()) {
            if (Modifier.isStatic(method.getModifiers())) {
                continue;
            }
            WithName name = method.getAnnotation(WithName.class);
            String own = name != null
                    ? name.value()
                    : method.getName().replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(java.util.Locale.ROOT);
            String key = method.isAnnotationPresent(WithParentName.class) ? prefix : prefix + "." + own;
            if (method.getReturnType().isInterface()
                    && method.getReturnType().getName().startsWith("io.quarkus")) {
                collect(method.getReturnType(), key, typed);
            } else if (!HARMLESS.contains(method.getGenericReturnType().getTypeName())) {
                WithDefault unset = method.getAnnotation(WithDefault.class);
                typed.put(key.substring(PREFIX.length()), unset == null ? "" : unset.value());
            }
        }
    }

    @Test
    void everySettingThatQuarkusConvertsIsHidden() {
        Map<String, String> typed = typed();
        assertTrue(typed.size() > 25, typed::toString);
        typed.forEach((name, unset) -> {
            boolean optional = QuarkusTelemetry.OPTIONAL.contains(name);
            assertTrue(optional || QuarkusTelemetry.DEFAULTS.containsKey(name), name + " is not hidden");
            if (!unset.isEmpty()) {
                String built = BUILT.getProperty(PREFIX + name, unset);
                assertEquals(built, QuarkusTelemetry.DEFAULTS.get(name), name);
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "", "-1", "${nothing}", "${", "7"})
    void whatAnOperatorWritesIsReplacedByTheDefault(String value) {
        SmallRyeConfig config = config(
                Map.of(
                        "QUARKUS_OTEL_BSP_SCHEDULE_DELAY", value,
                        "QUARKUS_OTEL_EXPORTER_OTLP_TIMEOUT", value,
                        "QUARKUS_OTEL_EXPORTER_OTLP_COMPRESSION", value),
                Map.of());
        assertEquals("5s", config.getConfigValue(PREFIX + "bsp.schedule.delay").getValue());
        assertEquals(
                "10s", config.getConfigValue(PREFIX + "exporter.otlp.timeout").getValue());
        assertEquals(Optional.empty(), config.getOptionalValue(PREFIX + "exporter.otlp.compression", String.class));
    }

    @ParameterizedTest
    @ValueSource(strings = {"otel.bsp.schedule.delay", "OTEL_BSP_SCHEDULE_DELAY"})
    void anExpressionThatCannotBeExpandedCountsAsUnset(String name) {
        SmallRyeConfig config = config(Map.of("OTEL_BSP_SCHEDULE_DELAY", "${"), Map.of());
        assertNull(config.getConfigValue(name).getValue());
    }

    @Test
    void anEmptyFlagCountsAsUnset() {
        SmallRyeConfig config = config(Map.of("QUARKUS_OTEL_TRACES_INCLUDE_STATIC_RESOURCES", ""), Map.of());
        assertEquals(
                "true",
                config.getConfigValue(PREFIX + "traces.include-static-resources")
                        .getValue());
    }

    @Test
    void whatTheBuildSaysStands() {
        SmallRyeConfig config = config(Map.of(), Map.of(PREFIX + "bsp.schedule.delay", "1s"));
        assertEquals("1s", config.getConfigValue(PREFIX + "bsp.schedule.delay").getValue());
    }

    @Test
    void nobodySwitchesInstrumentationOfTheRequestPathOn() {
        for (String each : INSTRUMENTATION) {
            String variable = "QUARKUS_OTEL_INSTRUMENT_"
                    + each.toUpperCase(java.util.Locale.ROOT).replace('-', '_');
            SmallRyeConfig config = config(Map.of(variable, "true"), Map.of());
            assertEquals(
                    "false",
                    config.getConfigValue(PREFIX + "instrument." + each).getValue());
        }
    }

    @Test
    void otherSettingsPass() {
        SmallRyeConfig config = config(Map.of("QUARKUS_HTTP_PORT", "soon"), Map.of());
        assertEquals("soon", config.getConfigValue("quarkus.http.port").getValue());
    }
}
