package dev.clew.observe;

import dev.clew.config.gateway.AccessLogSettings;
import dev.clew.exchange.Exchange;
import dev.clew.exchange.TunnelBytes;
import dev.clew.journal.Circumstances;
import dev.clew.journal.JournalEntry;
import dev.clew.journal.Worth;
import dev.clew.tenant.TenantEntry;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The access log: one JSON line per request, in the log category {@value #CATEGORY}. Lines identify a request to the
 * operator without personal data: no query, header value or address, and of a path what may be shown.
 */
final class AccessLog {

    static final String CATEGORY = "dev.clew.access";

    private static final Logger LOG = Logger.getLogger(CATEGORY);
    private static final int FIRST_BAD_STATUS = 400;

    private final AccessLogSettings settings;
    private final AccessLine text;
    private final Consumer<String> lines;
    private final @Nullable LogExport export;

    private AccessLog(AccessLogSettings settings, Consumer<String> lines, @Nullable LogExport export) {
        this.settings = settings;
        this.text = new AccessLine(settings.fields());
        this.lines = lines;
        this.export = export;
    }

    /**
     * Returns an access log that writes to the process's log.
     *
     * @param export exports the lines too; null if they are not exported
     */
    static AccessLog toLog(AccessLogSettings settings, @Nullable LogExport export) {
        return new AccessLog(settings, LOG::info, export);
    }

    /** Returns an access log that discards its lines. */
    static AccessLog discarded(AccessLogSettings settings) {
        return new AccessLog(settings, line -> {}, null);
    }

    /** Writes a line, unless the settings omit this request. */
    void write(Exchange exchange, RouteTelemetry telemetry, RequestOutcome outcome, JournalEntry entry) {
        if (!settings.hasStatus(entry.outcome().status()) || isGood(entry) && !isChosen(exchange)) {
            return;
        }
        String line = text.of(entry);
        lines.accept(line);
        if (export != null) {
            export.offer(exchange, telemetry, outcome, entry.outcome().startEpochNanos(), line);
        }
    }

    private static boolean isGood(JournalEntry entry) {
        Circumstances circumstances = entry.circumstances();
        boolean ordinary = entry.worth() == Worth.ORDINARY || circumstances != null && circumstances.slowestOfMinute();
        return ordinary && entry.outcome().status() < FIRST_BAD_STATUS;
    }

    private static boolean isChosen(Exchange exchange) {
        TenantEntry tenant = exchange.tenant();
        return tenant == null
                || tenant.tenant().accessLog().isLogged(exchange.trace().traceId());
    }

    static long requestBytes(Exchange exchange) {
        TunnelBytes tunnelBytes = exchange.tunnelBytes();
        return exchange.request().bytesRead() + (tunnelBytes == null ? 0 : tunnelBytes.fromClient());
    }

    static long responseBytes(Exchange exchange) {
        TunnelBytes tunnelBytes = exchange.tunnelBytes();
        return exchange.response().bytesWritten() + (tunnelBytes == null ? 0 : tunnelBytes.toClient());
    }
}
