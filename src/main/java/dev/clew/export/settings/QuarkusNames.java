package dev.clew.export.settings;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The settings of Quarkus's OpenTelemetry extension: those with an {@code OTEL_*} equivalent are defaults of it, the
 * others have no effect here and are reported, with their replacements.
 */
public final class QuarkusNames {

    private static final String PREFIX = "QUARKUS_OTEL_";
    private static final int MAX_SHOWN = 120;

    /** Replacements that are not the name with {@code QUARKUS_} removed. */
    private static final Map<String, String> INSTEAD = Map.of(
            "ENABLED", "OTEL_SDK_DISABLED",
            "TRACES_ENABLED", "OTEL_TRACES_EXPORTER",
            "EXPORTER_OTLP_ENABLED", "OTEL_TRACES_EXPORTER",
            "EXPORTER_OTLP_TRACES_LEGACY_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT",
            "EXPORTER_OTLP_TRACES_KEY_CERT_KEYS", "OTEL_EXPORTER_OTLP_TRACES_CLIENT_KEY",
            "EXPORTER_OTLP_TRACES_KEY_CERT_CERTS", "OTEL_EXPORTER_OTLP_TRACES_CLIENT_CERTIFICATE",
            "EXPORTER_OTLP_TRACES_TRUST_CERT_CERTS", "OTEL_EXPORTER_OTLP_TRACES_CERTIFICATE",
            "EXPORTER_OTLP_TRACES_TLS_CONFIGURATION_NAME", "OTEL_EXPORTER_OTLP_TRACES_CERTIFICATE");

    /** The prefixes of variables that the gateway reads, and its other variables. */
    private static final List<String> GROUPS =
            List.of("EXPORTER_OTLP_", "BSP_", "BLRP_", "METRIC_EXPORT_", "SPAN_", "ATTRIBUTE_", "TRACES_SAMPLER");

    private static final String STANDARD = "OTEL_";

    private static final Set<String> ALONE =
            Set.of("SDK_DISABLED", "PROPAGATORS", "RESOURCE_ATTRIBUTES", "SERVICE_NAME");

    /** Fixed when the gateway is built, so that a later value has no effect. */
    private static final Set<String> BUILT_IN =
            Set.of("TRACES_SAMPLER", "PROPAGATORS", "TRACES_EXPORTER", "METRICS_EXPORTER", "LOGS_EXPORTER");

    private QuarkusNames() {}

    /** Returns Quarkus's name for an {@code OTEL_*} variable; null if there is none. */
    static @Nullable String of(String variable) {
        String rest = variable.startsWith(STANDARD) ? variable.substring(STANDARD.length()) : "";
        return isKnown(rest) ? "quarkus.otel." + rest.toLowerCase(Locale.ROOT).replace('_', '.') : null;
    }

    private static boolean isKnown(String rest) {
        return ALONE.contains(rest)
                || GROUPS.stream().anyMatch(rest::startsWith)
                        && rest.chars().allMatch(c -> c == '_' || c >= 'A' && c <= 'Z');
    }

    /**
     * Returns a problem for each setting without effect.
     *
     * @param names names of settings that operators set, as {@code quarkus.otel.…} or {@code QUARKUS_OTEL_…}; others
     *     are skipped
     */
    public static List<SettingProblem> problems(Iterable<String> names) {
        List<SettingProblem> problems = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            String variable = name.toUpperCase(Locale.ROOT)
                    .replace('.', '_')
                    .replace('-', '_')
                    .replace("\"", "");
            if (variable.startsWith(PREFIX) && seen.add(variable)) {
                String rest = variable.substring(PREFIX.length());
                @Nullable String instead = INSTEAD.get(rest);
                if (instead != null || !isKnown(rest) || BUILT_IN.contains(rest)) {
                    String expected = instead != null
                            ? instead
                            : BUILT_IN.contains(rest) ? STANDARD + rest : "an OTEL_* variable";
                    problems.add(new SettingProblem(shown(name), "has no effect here (expected: " + expected + ")"));
                }
            }
        }
        return problems;
    }

    /** Returns the name, safe to show: it may contain any character, in quotes. */
    private static String shown(String name) {
        StringBuilder shown = new StringBuilder();
        for (int i = 0; i < Math.min(name.length(), MAX_SHOWN); i++) {
            char c = name.charAt(i);
            shown.append(c < ' ' || c > '~' ? '?' : c);
        }
        return shown.toString();
    }
}
