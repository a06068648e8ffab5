package dev.clew.kubernetes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes the ConfigMaps with the files of {@code gateway/} and {@code tenants/}. The Kubernetes extension cannot: it takes extra
 * objects as they stand.
 */
final class ConfigurationManifest {

    private ConfigurationManifest() {}

    static String text() throws IOException {
        return "# Made from gateway/ and tenants/; kubernetes/README.md tells how.\n"
                + configMap("clew-gateway", Path.of("gateway"))
                + configMap("clew-tenants", Path.of("tenants"));
    }

    private static String configMap(String name, Path folder) throws IOException {
        String files = files(folder).stream().map(ConfigurationManifest::entry).collect(Collectors.joining());
        return """
                ---
                apiVersion: v1
                kind: ConfigMap
                metadata:
                  labels:
                    app.kubernetes.io/name: clew
                  name: %s
                data:
                """
                        .formatted(name)
                + files;
    }

    static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
    }

    private static String entry(Path file) {
        String indented = lines(file)
                .map(line -> line.isEmpty() ? "\n" : "    " + line + "\n")
                .collect(Collectors.joining());
        return "  " + file.getFileName() + ": |\n" + indented;
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readString(file).lines();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
