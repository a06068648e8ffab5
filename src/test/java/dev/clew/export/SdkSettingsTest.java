package dev.clew.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigurationException;
import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** OpenTelemetry's SDK, made with the settings from the gateway. */
class SdkSettingsTest {

    /**
     * Settings that the SDK reads first, so that only a system property can override them; {@code SdkSetup} sets these.
     */
    private static final Set<String> FILES = Set.of("otel.config.file", "otel.experimental.config.file");

    /** Makes an SDK with these settings; throws if they are invalid. */
    static OpenTelemetrySdk sdk(OtelSettings settings) {
        return sdk(Map.of(), settings);
    }

    private static OpenTelemetrySdk sdk(Map<String, String> environment, OtelSettings settings) {
        return AutoConfiguredOpenTelemetrySdk.builder()
                .disableShutdownHook()
                .addPropertiesSupplier(() -> environment)
                .addPropertiesCustomizer(properties -> settings.sdk().properties())
                .build()
                .getOpenTelemetrySdk();
    }

    private static OtelSettings read(Map<String, String> variables) {
        return OtelSettings.read(variables::get, "1.2.3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "%zz;=,=", "-1", "999999999999", "=,=,=", "NaN", "1.5.7", "\u00e4=\u0000"})
    void noValueOfAnyPropertyOfTheSdkKeepsItFromStarting(String value) throws IOException {
        Map<String, String> properties = new HashMap<>();
        Map<String, String> variables = new HashMap<>();
        for (String property : properties()) {
            properties.put(property, value);
            variables.put(property.toUpperCase(Locale.ROOT).replace('.', '_'), value);
        }
        assertTrue(properties.size() > 15, properties::toString);
        try (OpenTelemetrySdk sdk = sdk(properties, read(variables))) {
            assertEquals(128, sdk.getSdkTracerProvider().getSpanLimits().getMaxNumberOfLinks());
        }
    }

    /** Proves that the test above can fail. */
    @Test
    void theSdkAloneDoesNotStartWithThem() {
        assertThrows(ConfigurationException.class, () -> AutoConfiguredOpenTelemetrySdk.builder()
                .disableShutdownHook()
                .addPropertiesSupplier(() -> Map.of("otel.traces.exporter", "none", "otel.traces.sampler", "coin"))
                .build());
    }

    /** Returns the names of properties in the SDK's class files. */
    private static Set<String> properties() throws IOException {
        Set<String> names = new TreeSet<>();
        URL place = AutoConfiguredOpenTelemetrySdk.class.getResource("AutoConfiguredOpenTelemetrySdk.class");
        assertNotNull(place);
        Pattern name = Pattern.compile("otel\\.[a-z]+(\\.[a-z]+)+");
        try (JarFile jar = ((JarURLConnection) place.openConnection()).getJarFile()) {
            for (JarEntry entry : jar.stream().toList()) {
                Matcher found =
                        name.matcher(new String(jar.getInputStream(entry).readAllBytes(), StandardCharsets.ISO_8859_1));
                while (found.find()) {
                    names.add(found.group());
                }
            }
        }
        names.removeAll(FILES);
        return names;
    }

    @Test
    void theSdkHasThePropagatorsThatItKnows() {
        assertEquals(Set.of("traceparent", "tracestate"), fields("tracecontext,b3"));
        assertEquals(Set.of(), fields("b3"));
        assertEquals(Set.of("baggage"), fields("baggage"));
    }

    private static Set<String> fields(String propagators) {
        try (OpenTelemetrySdk sdk = sdk(read(Map.of("OTEL_PROPAGATORS", propagators)))) {
            return Set.copyOf(
                    List.copyOf(sdk.getPropagators().getTextMapPropagator().fields()));
        }
    }

    @Test
    void theSdkHasTheSampler() {
        try (OpenTelemetrySdk sdk =
                sdk(read(Map.of("OTEL_TRACES_SAMPLER", "TraceIdRatio", "OTEL_TRACES_SAMPLER_ARG", " 0.25 ")))) {
            assertEquals(
                    "TraceIdRatioBased{0.250000}",
                    sdk.getSdkTracerProvider().getSampler().getDescription());
        }
    }
}
