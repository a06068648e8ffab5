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

    AccessLog(Consumer<String> lines) {
        this.lines = lines;
    }

    /** Returns an access log that writes to the process's log. */
    static AccessLog toLog() {
        return new AccessLog(LOG::info);
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
        line.append("\",\"status\":").append(outcome.status() == 0 ? ErrorKind.CLIENT_GONE.status() : outcome.status());
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
        lines.accept(line.append('}').toString());
    }

    private static void appendBytes(Exchange exchange, StringBuilder line) {
        TunnelBytes tunnelBytes = exchange.tunnelBytes();
        line.append(",\"request_bytes\":")
                .append(exchange.request().bytesRead() + (tunnelBytes == null ? 0 : tunnelBytes.fromClient()));
        line.append(",\"response_bytes\":")
                .append(exchange.response().bytesWritten() + (tunnelBytes == null ? 0 : tunnelBytes.toClient()));
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
