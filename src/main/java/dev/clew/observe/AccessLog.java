package dev.clew.observe;

import dev.clew.exchange.Exchange;
import dev.clew.exchange.PipedBytes;
import dev.clew.trace.context.StartedTrace;
import io.vertx.core.http.HttpServerRequest;
import java.time.Instant;
import org.jboss.logging.Logger;

/**
 * One JSON line for each request, in the log category {@value #CATEGORY}. It holds what an operator needs to find a request and
 * nothing a tenant's user would mind: no path, query, header value or address.
 */
final class AccessLog {

    static final String CATEGORY = "dev.clew.access";

    private static final Logger LOG = Logger.getLogger(CATEGORY);
    private static final int TYPICAL_LINE = 384;
    private static final long MICRO = 1_000;

    /** @param status sent to the client; 0 when it went away before one could be */
    void write(Exchange exchange, RouteTelemetry telemetry, int status, long startEpochNanos, long endNanos) {
        HttpServerRequest request = exchange.request();
        StartedTrace trace = exchange.trace();
        StringBuilder line = new StringBuilder(TYPICAL_LINE);
        line.append("{\"time\":\"").append(Instant.ofEpochSecond(0, startEpochNanos / MICRO * MICRO));
        line.append("\",\"trace_id\":\"").append(trace.traceId());
        line.append("\",\"span_id\":\"").append(trace.spanId());
        line.append("\",\"sampled\":").append(trace.sampled());
        line.append(telemetry.logFields());
        line.append(",\"method\":\"")
                .append(telemetry.methods().name(telemetry.methods().indexOf(request.method())));
        line.append("\",\"protocol\":\"").append(SpanRecorder.protocol(request.version()));
        line.append("\",\"status\":").append(status);
        line.append(",\"duration_us\":").append((endNanos - exchange.startNanos()) / MICRO);
        PipedBytes piped = exchange.piped();
        line.append(",\"request_bytes\":").append(request.bytesRead() + (piped == null ? 0 : piped.fromClient()));
        line.append(",\"response_bytes\":")
                .append(exchange.response().bytesWritten() + (piped == null ? 0 : piped.toClient()));
        line.append(",\"attempts\":").append(exchange.attempts().size());
        if (exchange.failure() != null) {
            line.append(",\"error\":\"")
                    .append(exchange.failure().kind().code())
                    .append('"');
        }
        LOG.info(line.append('}').toString());
    }
}
