package dev.clew.observe;

import dev.clew.error.ErrorKind;
import dev.clew.error.GatewayError;
import dev.clew.error.GrpcStatus;
import dev.clew.exchange.AttemptRecord;
import dev.clew.exchange.EpochClock;
import dev.clew.exchange.Exchange;
import dev.clew.export.queue.FinishedSpan;
import dev.clew.export.queue.SpanIds;
import dev.clew.export.queue.SpanSink;
import dev.clew.journal.JournalEntry;
import dev.clew.trace.context.StartedTrace;
import dev.clew.trace.context.TraceContext;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.trace.data.StatusData;
import io.vertx.core.http.HttpVersion;
import org.jspecify.annotations.Nullable;

/**
 * Creates an ended exchange's spans: one SERVER span, and a CLIENT span for each attempt and mirrored request, with the
 * attributes of OpenTelemetry's stable HTTP conventions. By default none identifies the caller: no path, query, address
 * or user agent; {@link SpanDetails} adds them.
 */
final class SpanRecorder {

    static final AttributeKey<Long> STATUS = AttributeKey.longKey("http.response.status_code");
    private static final AttributeKey<Long> RESENDS = AttributeKey.longKey("http.request.resend_count");
    static final AttributeKey<String> ERROR_TYPE = AttributeKey.stringKey("error.type");
    static final AttributeKey<String> ERROR_CODE = AttributeKey.stringKey("clew.error");
    static final AttributeKey<String> KEPT = AttributeKey.stringKey("clew.kept");

    private static final AttributeKey<String> CIRCUIT = AttributeKey.stringKey("clew.circuit");

    private static final AttributeKey<String> RPC_SYSTEM = AttributeKey.stringKey("rpc.system.name");
    static final AttributeKey<String> RPC_STATUS = AttributeKey.stringKey("rpc.response.status_code");

    private static final int SERVER_PAIRS = 6;
    private static final int FAILED_SERVER_PAIRS = SERVER_PAIRS + 2;
    private static final int CLIENT_PAIRS = 8;

    private final EpochClock clock;

    SpanRecorder(EpochClock clock) {
        this.clock = clock;
    }

    /** @param unmatched the entry of a request that no route matched; null for others */
    void record(Exchange exchange, RouteTelemetry telemetry, RequestOutcome outcome, @Nullable JournalEntry unmatched) {
        int method = telemetry.methods().indexOf(exchange.request().method());
        SpanSink sink = telemetry.sink();
        sink.offer(serverSpan(exchange, telemetry, method, outcome, unmatched));
        for (int i = 0; i < exchange.attempts().size(); i++) {
            sink.offer(clientSpan(
                    exchange, telemetry, exchange.attempts().get(i), telemetry.clientSpan(method), i, outcome.kept()));
        }
    }

    /** Records the span of a mirrored request, which may end before the request itself. */
    void record(Exchange exchange, RouteTelemetry telemetry, AttemptRecord mirrored) {
        int method = telemetry.methods().indexOf(exchange.request().method());
        telemetry.sink().offer(clientSpan(exchange, telemetry, mirrored, telemetry.clientSpan(method), 0, null));
    }

    private FinishedSpan serverSpan(
            Exchange exchange,
            RouteTelemetry telemetry,
            int method,
            RequestOutcome outcome,
            @Nullable JournalEntry unmatched) {
        RouteTelemetry.Outline outline = telemetry.serverSpan(method);
        StartedTrace trace = exchange.trace();
        SpanIds ids = new SpanIds(
                trace.traceId(), trace.spanId(), trace.parentSpanId(), true, trace.flags(), trace.traceState());
        long start = clock.epochNanosAt(exchange.startNanos());
        FinishedSpan span = new FinishedSpan(
                outline.template(),
                ids,
                start,
                start + outcome.nanos() - exchange.startNanos(),
                outcome.failed() ? StatusData.error() : StatusData.unset(),
                serverPairs(exchange, telemetry.details(), outcome, unmatched).to(outline.attributes()));
        TraceContext link = trace.link();
        return link == null
                ? span
                : span.linkedTo(SpanIds.remote(link.traceId(), link.parentSpanId(), link.flags(), link.traceState()));
    }

    private static SpanPairs serverPairs(
            Exchange exchange,
            @Nullable SpanDetails details,
            RequestOutcome outcome,
            @Nullable JournalEntry unmatched) {
        GatewayError failure = exchange.failure();
        int own = (failure == null ? SERVER_PAIRS : FAILED_SERVER_PAIRS)
                + (unmatched == null ? 0 : UnmatchedAttributes.MAX_PAIRS);
        SpanPairs pairs = pairs(own + (details == null ? 0 : details.maxServerPairs()), outcome.kept())
                .add(
                        CallerAttributes.PROTOCOL_VERSION,
                        protocol(exchange.request().version()))
                .add(CallerAttributes.SCHEME, exchange.caller().scheme());
        if (outcome.status() != 0) {
            pairs.add(STATUS, (long) outcome.status());
        }
        if (failure != null) {
            pairs.add(ERROR_CODE, failure.kind().code());
            if (failure.kind() == ErrorKind.CIRCUIT_OPEN) {
                pairs.add(CIRCUIT, "open");
            }
        }
        if (outcome.failed()) {
            pairs.add(ERROR_TYPE, errorType(failure, outcome));
        }
        if (unmatched != null) {
            UnmatchedAttributes.add(pairs, unmatched);
        }
        addGrpc(pairs, outcome.grpc());
        if (details != null) {
            details.addToServer(pairs, exchange);
        }
        return pairs;
    }

    /** Returns the class of a failure; a span that did not fail has none (HTTP conventions, {@code error.type}). */
    private static String errorType(@Nullable GatewayError failure, RequestOutcome outcome) {
        if (failure != null) {
            return failure.kind().code();
        }
        return outcome.status() < 500 && outcome.grpc() != null
                ? outcome.grpc().name()
                : Integer.toString(outcome.status());
    }

    private FinishedSpan clientSpan(
            Exchange exchange,
            RouteTelemetry telemetry,
            AttemptRecord attempt,
            RouteTelemetry.Outline outline,
            int resends,
            @Nullable String kept) {
        StartedTrace trace = exchange.trace();
        SpanIds ids = new SpanIds(
                trace.traceId(), attempt.spanId(), trace.spanId(), false, trace.flags(), trace.traceState());
        String errorType = errorType(attempt);
        SpanDetails details = telemetry.details();
        SpanPairs pairs = clientPairs(attempt, errorType, details, kept);
        if (resends > 0) {
            pairs.add(RESENDS, (long) resends);
        }
        if (details != null) {
            details.addToClient(pairs, exchange, attempt);
        }
        long start = clock.epochNanosAt(attempt.startNanos());
        return new FinishedSpan(
                outline.template(),
                ids,
                start,
                start + attempt.endNanos() - attempt.startNanos(),
                errorType != null ? StatusData.error() : StatusData.unset(),
                pairs.to(outline.attributes()));
    }

    private static @Nullable String errorType(AttemptRecord attempt) {
        ErrorKind failure = attempt.error();
        if (failure != null) {
            return failure.code();
        }
        if (attempt.status() >= 400) {
            return Integer.toString(attempt.status());
        }
        GrpcStatus grpc = attempt.grpcStatus();
        return grpc == null || grpc == GrpcStatus.OK ? null : grpc.name();
    }

    /** Uses the stable RPC conventions (1.45) instead of the former {@code rpc.grpc.status_code}. */
    private static void addGrpc(SpanPairs pairs, @Nullable GrpcStatus status) {
        if (status != null) {
            pairs.add(RPC_SYSTEM, "grpc").add(RPC_STATUS, status.name());
        }
    }

    private static SpanPairs clientPairs(
            AttemptRecord attempt, @Nullable String errorType, @Nullable SpanDetails details, @Nullable String kept) {
        SpanPairs pairs = pairs(CLIENT_PAIRS + (details == null ? 0 : details.maxClientPairs()), kept)
                .add(CallerAttributes.SERVER_ADDRESS, attempt.endpoint().host())
                .add(CallerAttributes.SERVER_PORT, (long) attempt.endpoint().port());
        if (attempt.status() != 0) {
            pairs.add(STATUS, (long) attempt.status());
        }
        if (errorType != null) {
            pairs.add(ERROR_TYPE, errorType);
        }
        if (attempt.isProbe()) {
            pairs.add(CIRCUIT, "half-open");
        }
        addGrpc(pairs, attempt.grpcStatus());
        return pairs;
    }

    private static SpanPairs pairs(int most, @Nullable String kept) {
        return kept == null ? new SpanPairs(most) : new SpanPairs(most + 1).add(KEPT, kept);
    }

    static String protocol(HttpVersion version) {
        return switch (version) {
            case HTTP_1_0 -> "1.0";
            case HTTP_1_1 -> "1.1";
            case HTTP_2 -> "2";
        };
    }
}
