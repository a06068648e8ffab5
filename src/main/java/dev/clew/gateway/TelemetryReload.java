package dev.clew.gateway;

import dev.clew.config.watch.ConfigDirectory;
import dev.clew.config.watch.FileWatch;
import dev.clew.export.Exports;
import dev.clew.export.OtelSettings;
import dev.clew.export.settings.DestinationFile;
import dev.clew.export.settings.ExportSettings;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.Set;

/**
 * Reloads the files that configure export destinations without a restart: re-reads all of them when one changed, and
 * applies the differences to {@link Exports}. Confined to one thread.
 */
@Singleton
public class TelemetryReload {

    private final ConfigDirectory directory;
    private final Exports exports;
    private final FileWatch watch = new FileWatch();
    private DestinationFile file;
    private Set<Path> files;

    TelemetryReload(ConfigDirectory directory, DestinationFile file, OtelSettings otel, Exports exports) {
        this.directory = directory;
        this.exports = exports;
        this.file = file;
        this.files = otel.export().files();
    }

    void look() {
        if (watch.look(files)) {
            DestinationFile now = directory.loadDestinations();
            // A file that is not YAML leaves the previous destinations in force.
            file = now.readable() ? now : file.withProblems(now.problems());
            ExportSettings settings = ExportSettings.read(TelemetryVariables::value, file);
            files = settings.files();
            exports.apply(settings);
        }
    }
}
