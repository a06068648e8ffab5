package dev.clew.observe;

import dev.clew.error.ErrorKind;
import dev.clew.exchange.AttemptRecord;
import dev.clew.exchange.Exchange;
import dev.clew.exchange.TunnelBytes;
import dev.clew.trace.context.StartedTrace;
import io.vertx.core.http.HttpServerRequest;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The access log: one JSON line per request, in the log category {@value #CATEGORY}. Lines identify a request to the
 * operator without personal data: no path, query, header value or address.
 */
final class AccessLog {

    static final String CATEGORY = "dev.clew.access";

    private static final Logger LOG = Logger.getLogger(CATEGORY);
    private static final int TYPICAL_LINE = 384;
    private static final long MICRO = 1_000;

    private final Consumer<String> lines;
    private final @Nullable LogExport export;

    private AccessLog(Consumer<String> lines, @Nullable LogExport export) {
        this.lines = lines;
        this.export = export;
    }

    /**
     * Returns an access log that writes to the process's log.
     *
     * @param export exports the lines too; null if they are not exported
     */
    static AccessLog toLog(@Nullable LogExport export) {
        return new AccessLog(LOG::info, export);
    }

    /** Returns an access log that discards its lines. */
    static AccessLog discarded() {
        return new AccessLog(line -> {}, null);
    }

    /** @param startEpochNanos when the request head was complete, in nanoseconds since 1970 */
    void write(Exchange exchange, RouteTelemetry telemetry, RequestOutcome outcome, long startEpochNanos) {
        HttpServerRequest request = exchange.request();
        StartedTrace trace = exchange.trace();
        StringBuilder line = new StringBuilder(TYPICAL_LINE);
        line.append("{\"time\":\"").append(Instant.ofEpochSecond(0, startEpochNanos / MICRO * MICRO));
        line.append("\",\"trace_id\":\"").append(trace.traceId());
        line.append("\",\"span_id\":\"").append(trace.spanId());
        line.append("\",\"sampled\":").append(trace.sampled());
        if (outcome.kept() != null) {
            line.append(",\"kept\":\"").append(outcome.kept()).append('"');
        }
        if (trace.link() != null) {
            line.append(",\"linked_trace_id\":\"")
                    .append(trace.link().traceId())
                    .append('"');
        }
        line.append(telemetry.logFields());
        line.append(",\"method\":\"")
                .append(telemetry.methods().name(telemetry.methods().indexOf(request.method())));
        line.append("\",\"protocol\":\"").append(SpanRecorder.protocol(request.version()));
        line.append("\",\"status\":").append(status(outcome));
        line.append(",\"duration_us\":").append((outcome.nanos() - exchange.startNanos()) / MICRO);
        appendBytes(exchange, line);
        appendAttempts(exchange.attempts(), line);
        if (outcome.grpc() != null) {
            line.append(",\"grpc_status\":\"").append(outcome.grpc().name()).append('"');
        }
        if (exchange.failure() != null) {
            line.append(",\"error\":\"")
                    .append(exchange.failure().kind().code())
                    .append('"');
        }
        String text = line.append('}').toString();
        lines.accept(text);
        if (export != null) {
            export.offer(exchange, telemetry, outcome, startEpochNanos, text);
        }
    }

    private static void appendBytes(Exchange exchange, StringBuilder line) {
        line.append(",\"request_bytes\":").append(requestBytes(exchange));
        line.append(",\"response_bytes\":").append(responseBytes(exchange));
    }

    static int status(RequestOutcome outcome) {
        return outcome.status() == 0 ? ErrorKind.CLIENT_GONE.status() : outcome.status();
    }

    static long requestBytes(Exchange exchange) {
        TunnelBytes tunnelBytes = exchange.tunnelBytes();
        return exchange.request().bytesRead() + (tunnelBytes == null ? 0 : tunnelBytes.fromClient());
    }

    static long responseBytes(Exchange exchange) {
        TunnelBytes tunnelBytes = exchange.tunnelBytes();
        return exchange.response().bytesWritten() + (tunnelBytes == null ? 0 : tunnelBytes.toClient());
    }

    /** Appends the last attempt, which decided the response. */
    private static void appendAttempts(List<AttemptRecord> attempts, StringBuilder line) {
        line.append(",\"attempts\":").append(attempts.size());
        if (!attempts.isEmpty()) {
            AttemptRecord last = attempts.get(attempts.size() - 1);
            line.append(",\"endpoint\":\"")
                    .append(last.endpoint().host())
                    .append(':')
                    .append(last.endpoint().port());
            line.append("\",\"upstream_us\":").append((last.respondedNanos() - last.startNanos()) / MICRO);
        }
    }
}
