package dev.clew.export;

import dev.clew.export.settings.DestinationSettings;
import dev.clew.export.settings.ExportSettings;
import dev.clew.export.settings.OtlpSettings;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Logs the destinations and their changes; never a value that may be secret. */
final class ChangeLog {

    private static final Logger LOG = Logger.getLogger(Exports.class);

    private ChangeLog() {}

    static void started(ExportSettings settings) {
        if (!settings.enabled()) {
            LOG.info("OTEL_SDK_DISABLED is true: no spans are exported to any destination");
        } else if (!settings.defaultOn()) {
            LOG.infof(
                    "OTEL_TRACES_EXPORTER is none: no spans are exported to the destination %s",
                    DestinationSettings.DEFAULT);
        }
    }

    static void added(DestinationSettings made) {
        log(made, "");
    }

    static void changed(DestinationSettings before, DestinationSettings made) {
        log(made, String.join(", ", made.differencesFrom(before)) + " changed: ");
    }

    private static void log(DestinationSettings made, String what) {
        @Nullable OtlpSettings otlp = made.otlp();
        if (otlp == null) {
            LOG.warnf(
                    "telemetry destination %s: %sno usable endpoint, its %s are dropped",
                    made.label(), what, made.signal().items());
        } else {
            LOG.infof(
                    "telemetry destination %s: %s%s to %s",
                    made.label(), what, otlp.protocol().token(), otlp.address());
        }
    }

    static void removed(String name) {
        LOG.infof("telemetry destination %s: removed", name);
    }
}
