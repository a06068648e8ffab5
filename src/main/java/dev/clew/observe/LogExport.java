package dev.clew.observe;

import dev.clew.error.GatewayError;
import dev.clew.exchange.Exchange;
import dev.clew.export.Destination;
import dev.clew.export.Exports;
import dev.clew.export.queue.LogLine;
import dev.clew.export.queue.SpanAttributes;
import dev.clew.export.queue.SpanIds;
import dev.clew.export.queue.SpanOrigin;
import dev.clew.trace.context.StartedTrace;
import io.opentelemetry.api.common.AttributeKey;
import org.jspecify.annotations.Nullable;

/** Exports access-log lines as log records. A record tells no more than its line. */
public final class LogExport {

    private static final AttributeKey<Long> REQUEST_SIZE = AttributeKey.longKey("http.request.body.size");
    private static final AttributeKey<Long> RESPONSE_SIZE = AttributeKey.longKey("http.response.body.size");
    private static final int PAIRS = 8;

    private final Destination<LogLine> destination;
    private final SpanOrigin origin;

    private LogExport(Destination<LogLine> destination, SpanOrigin origin) {
        this.destination = destination;
        this.origin = origin;
    }

    /**
     * Returns the export of access-log lines; null if they are not exported.
     *
     * @param origin the origin of the gateway's spans
     */
    public static @Nullable LogExport of(Exports exports, SpanOrigin origin) {
        Destination<LogLine> destination = exports.others().logs();
        return destination == null ? null : new LogExport(destination, origin);
    }

    void offer(Exchange exchange, RouteTelemetry telemetry, RequestOutcome outcome, long startEpochNanos, String text) {
        StartedTrace trace = exchange.trace();
        SpanIds ids = new SpanIds(trace.traceId(), trace.spanId(), "", false, trace.flags(), trace.traceState());
        destination.offer(new LogLine(
                telemetry.tenant(),
                origin,
                ids,
                startEpochNanos,
                startEpochNanos + outcome.nanos() - exchange.startNanos(),
                text,
                attributes(exchange, telemetry, outcome)));
    }

    private static SpanAttributes attributes(Exchange exchange, RouteTelemetry telemetry, RequestOutcome outcome) {
        int method = telemetry.methods().indexOf(exchange.request().method());
        SpanPairs pairs = new SpanPairs(PAIRS)
                .add(
                        CallerAttributes.PROTOCOL_VERSION,
                        SpanRecorder.protocol(exchange.request().version()))
                .add(SpanRecorder.STATUS, (long) EntryMaker.status(outcome))
                .add(REQUEST_SIZE, AccessLog.requestBytes(exchange))
                .add(RESPONSE_SIZE, AccessLog.responseBytes(exchange));
        GatewayError failure = exchange.failure();
        if (failure != null) {
            pairs.add(SpanRecorder.ERROR_CODE, failure.kind().code());
            if (outcome.failed()) {
                pairs.add(SpanRecorder.ERROR_TYPE, failure.kind().code());
            }
        }
        if (outcome.grpc() != null) {
            pairs.add(SpanRecorder.RPC_STATUS, outcome.grpc().name());
        }
        if (outcome.kept() != null) {
            pairs.add(SpanRecorder.KEPT, outcome.kept());
        }
        // Those of a CLIENT span: without the template of the path, which a line has not.
        return pairs.to(telemetry.clientSpan(method).attributes());
    }
}
