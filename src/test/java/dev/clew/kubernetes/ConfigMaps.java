package dev.clew.kubernetes;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Makes the ConfigMaps: of the files in {@code gateway/} and {@code tenants/}, and of the exporter's settings in {@code
 * application.properties}, under their standard names. The Kubernetes extension refers to them but cannot make them: it
 * adds further objects unchanged.
 */
final class ConfigMaps {

    static final Path PROPERTIES = Path.of("src/main/resources/application.properties");

    /** The prefix of properties for clusters, where no backend is on the same machine. */
    private static final String IN_A_CLUSTER = "%kubernetes.";

    private ConfigMaps() {}

    static String text() throws IOException {
        return "# Made from gateway/, tenants/ and application.properties; kubernetes/README.md tells how.\n"
                + configMap("clew-gateway", files(Path.of("gateway")))
                + configMap("clew-telemetry", telemetry().entrySet().stream().map(ConfigMaps::variable))
                + configMap("clew-tenants", files(Path.of("tenants")));
    }

    private static String configMap(String name, Stream<String> entries) {
        return """
                ---
                apiVersion: v1
                kind: ConfigMap
                metadata:
                  labels:
                    app.kubernetes.io/component: gateway
                    app.kubernetes.io/name: clew
                    app.kubernetes.io/part-of: clew
                  name: %s
                data:
                """
                        .formatted(name)
                + entries.collect(Collectors.joining());
    }

    /** Quarkus's names of the settings that operators may change without a build. */
    private static final List<String> SETTINGS = List.of(
            "quarkus.otel.exporter.otlp.protocol",
            "quarkus.otel.exporter.otlp.endpoint",
            "quarkus.otel.traces.sampler",
            "quarkus.otel.propagators",
            "quarkus.otel.resource.attributes");

    /** Returns the gateway's defaults, replaced by those for clusters where they differ. */
    static Map<String, String> telemetry() throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(PROPERTIES)) {
            properties.load(reader);
        }
        Map<String, String> variables = new TreeMap<>();
        for (String prefix : List.of("", IN_A_CLUSTER)) {
            for (String setting : SETTINGS) {
                String value = properties.getProperty(prefix + setting);
                if (value != null) {
                    variables.put(standardName(setting), value);
                }
            }
        }
        return variables;
    }

    private static String standardName(String setting) {
        return setting.substring("quarkus.".length()).toUpperCase(Locale.ROOT).replace('.', '_');
    }

    private static String variable(Map.Entry<String, String> variable) {
        return "  " + variable.getKey() + ": \"" + variable.getValue() + "\"\n";
    }

    private static Stream<String> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files
                    .filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .map(ConfigMaps::file)
                    .toList()
                    .stream();
        }
    }

    private static String file(Path file) {
        try {
            String indented = Files.readString(file)
                    .lines()
                    .map(line -> line.isEmpty() ? "\n" : "    " + line + "\n")
                    .collect(Collectors.joining());
            return "  " + file.getFileName() + ": |\n" + indented;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
