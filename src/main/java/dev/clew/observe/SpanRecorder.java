package dev.clew.observe;

import dev.clew.error.ErrorKind;
import dev.clew.error.GatewayError;
import dev.clew.exchange.AttemptRecord;
import dev.clew.exchange.EpochClock;
import dev.clew.exchange.Exchange;
import dev.clew.export.FinishedSpan;
import dev.clew.export.SpanAttributes;
import dev.clew.export.SpanIds;
import dev.clew.export.SpanSink;
import dev.clew.trace.context.StartedTrace;
import dev.clew.trace.context.TraceContext;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.trace.data.StatusData;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;

/**
 * Makes an ended exchange's spans: one SERVER span, and a CLIENT span for each attempt, with the attributes of OpenTelemetry's
 * stable HTTP conventions that tell nothing about the caller: no path, query, address or user agent.
 */
final class SpanRecorder {

    private static final AttributeKey<String> METHOD = AttributeKey.stringKey("http.request.method");
    private static final AttributeKey<Long> STATUS = AttributeKey.longKey("http.response.status_code");
    private static final AttributeKey<Long> RESENDS = AttributeKey.longKey("http.request.resend_count");
    private static final AttributeKey<String> SCHEME = AttributeKey.stringKey("url.scheme");
    private static final AttributeKey<String> PROTOCOL_VERSION = AttributeKey.stringKey("network.protocol.version");
    private static final AttributeKey<String> SERVER_ADDRESS = AttributeKey.stringKey("server.address");
    private static final AttributeKey<Long> SERVER_PORT = AttributeKey.longKey("server.port");
    private static final AttributeKey<String> ERROR_TYPE = AttributeKey.stringKey("error.type");

    private static final int SERVER_PAIRS = 5;
    private static final int CLIENT_PAIRS = 6;

    private final EpochClock clock;
    private final SpanSink sink;

    SpanRecorder(EpochClock clock, SpanSink sink) {
        this.clock = clock;
        this.sink = sink;
    }

    /** @param endNanos when the exchange ended, as {@link System#nanoTime} counts */
    void record(Exchange exchange, RouteTelemetry telemetry, int status, long endNanos) {
        long epochOffset = clock.epochNanosAt(endNanos) - endNanos;
        int method = Methods.indexOf(exchange.request().method());
        sink.offer(serverSpan(exchange, telemetry, method, status, endNanos, epochOffset));
        for (int i = 0; i < exchange.attempts().size(); i++) {
            sink.offer(clientSpan(exchange, telemetry, method, i, epochOffset));
        }
    }

    /**
     * Whether the SERVER span's status is Error. An answer that broke off has the status it began with, but is an error all
     * the same (HTTP conventions, "Status").
     *
     * @param status 0 when none was sent
     */
    static boolean isFailed(Exchange exchange, int status) {
        GatewayError failure = exchange.failure();
        boolean brokenOff = failure != null && failure.kind().fault() != ErrorKind.Fault.CLIENT;
        return status >= 500 || status == 0 || brokenOff;
    }

    private static FinishedSpan serverSpan(
            Exchange exchange, RouteTelemetry telemetry, int method, int status, long endNanos, long epochOffset) {
        ErrorKind failure =
                exchange.failure() == null ? null : exchange.failure().kind();
        boolean failed = isFailed(exchange, status);
        String errorType = failure != null ? failure.code() : status >= 500 ? statusText(status) : null;
        HttpServerRequest request = exchange.request();
        Pairs pairs = new Pairs(SERVER_PAIRS)
                .add(METHOD, Methods.name(method))
                .add(SCHEME, request.connection().isSsl() ? "https" : "http")
                .add(PROTOCOL_VERSION, protocol(request.version()));
        if (status != 0) {
            pairs.add(STATUS, (long) status);
        }
        if (errorType != null) {
            pairs.add(ERROR_TYPE, errorType);
        }
        StartedTrace trace = exchange.trace();
        SpanIds ids = new SpanIds(
                trace.traceId(), trace.spanId(), trace.parentSpanId(), true, trace.flags(), trace.traceState());
        FinishedSpan span = new FinishedSpan(
                telemetry.serverSpan(method),
                ids,
                exchange.startNanos() + epochOffset,
                endNanos + epochOffset,
                failed ? StatusData.error() : StatusData.unset(),
                pairs.to(telemetry.serverAttributes()));
        TraceContext link = trace.link();
        return link == null
                ? span
                : span.linkedTo(SpanIds.remote(link.traceId(), link.parentSpanId(), link.flags(), link.traceState()));
    }

    private static FinishedSpan clientSpan(
            Exchange exchange, RouteTelemetry telemetry, int method, int index, long epochOffset) {
        AttemptRecord attempt = exchange.attempts().get(index);
        int status = attempt.status();
        ErrorKind failure = attempt.error();
        String errorType = failure != null ? failure.code() : status >= 400 ? statusText(status) : null;
        Pairs pairs = new Pairs(CLIENT_PAIRS)
                .add(METHOD, Methods.name(method))
                .add(SERVER_ADDRESS, attempt.endpoint().host())
                .add(SERVER_PORT, (long) attempt.endpoint().port());
        if (status != 0) {
            pairs.add(STATUS, (long) status);
        }
        if (errorType != null) {
            pairs.add(ERROR_TYPE, errorType);
        }
        if (index > 0) {
            pairs.add(RESENDS, (long) index);
        }
        StartedTrace trace = exchange.trace();
        SpanIds ids = new SpanIds(
                trace.traceId(), attempt.spanId(), trace.spanId(), false, trace.flags(), trace.traceState());
        return new FinishedSpan(
                telemetry.clientSpan(method),
                ids,
                attempt.startNanos() + epochOffset,
                attempt.endNanos() + epochOffset,
                errorType != null ? StatusData.error() : StatusData.unset(),
                pairs.to(telemetry.clientAttributes()));
    }

    static String protocol(HttpVersion version) {
        return switch (version) {
            case HTTP_1_0 -> "1.0";
            case HTTP_1_1 -> "1.1";
            case HTTP_2 -> "2";
        };
    }

    private static String statusText(int status) {
        return Integer.toString(status);
    }

    /** Keys and values in the one array that the span will keep. */
    private static final class Pairs {

        private final Object[] pairs;
        private int length;

        Pairs(int atMost) {
            pairs = new Object[2 * atMost];
        }

        <T> Pairs add(AttributeKey<T> key, T value) {
            pairs[length++] = key;
            pairs[length++] = value;
            return this;
        }

        SpanAttributes to(SpanAttributes shared) {
            return shared.with(pairs, length);
        }
    }
}
