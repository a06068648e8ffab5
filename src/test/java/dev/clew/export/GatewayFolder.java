package dev.clew.export;

import dev.clew.config.watch.ConfigDirectory;
import dev.clew.export.settings.DestinationFile;
import dev.clew.export.settings.ExportSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A configuration folder with a gateway's file, and the environment variables. */
final class GatewayFolder {

    private final Path folder;
    private final Map<String, String> variables = new HashMap<>(Map.of("OTEL_TRACES_EXPORTER", "none"));

    GatewayFolder(Path folder) {
        this.folder = folder;
    }

    GatewayFolder set(String variable, String value) {
        variables.put(variable, value);
        return this;
    }

    /** Writes the gateway's file. */
    GatewayFolder write(String yaml) {
        return write("gateway/gateway.yaml", yaml);
    }

    GatewayFolder write(String file, String text) {
        try {
            Files.createDirectories(folder.resolve(file).getParent());
            Files.writeString(folder.resolve(file), text);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns a destination's entry in the file, on one line. */
    static String destination(String name, String endpoint, String... more) {
        return "  " + name + ": {endpoint: \"" + endpoint + "\", queue: {delay: 10ms}"
                + String.join(
                        "", List.of(more).stream().map(each -> ", " + each).toList()) + "}\n";
    }

    OtelSettings read() {
        return OtelSettings.read(variables::get, "1.2.3", file(), List.of());
    }

    /** Reads the settings, as after a change. */
    ExportSettings export() {
        return ExportSettings.read(variables::get, file());
    }

    private DestinationFile file() {
        return new ConfigDirectory(folder, variables::get).loadDestinations();
    }
}
