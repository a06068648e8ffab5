package dev.clew.observe;

import dev.clew.error.ErrorKind;
import dev.clew.error.GatewayError;
import dev.clew.error.GrpcStatus;
import dev.clew.exchange.AttemptRecord;
import dev.clew.exchange.Exchange;
import dev.clew.exchange.GrpcProtocol;
import dev.clew.tenant.tracing.Keep;
import io.vertx.core.http.HttpServerResponse;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of a request.
 *
 * @param status sent to the client; 0 when the client disconnected before it was sent
 * @param grpc status of a gRPC call, as sent to the client, or {@link GrpcStatus#CANCELLED}; null for other requests,
 *     or when it was not sent
 * @param failed whether the SERVER span's status is Error (HTTP conventions, "Status"): a 5xx, no response, or an
 *     incomplete one; for gRPC calls with a status if that is the server's fault
 * @param nanos end time, as {@link System#nanoTime} counts
 * @param kept the reason for exporting spans that were not sampled at the start; null when they were, or are not
 *     exported
 */
record RequestOutcome(int status, @Nullable GrpcStatus grpc, boolean failed, long nanos, @Nullable String kept) {

    static final String KEPT_ERROR = "error";
    static final String KEPT_SLOW = "slow";

    static RequestOutcome of(Exchange exchange, Keep keep, long nanos) {
        HttpServerResponse response = exchange.response();
        int status = response.headWritten() ? response.getStatusCode() : 0;
        GrpcStatus grpc = GrpcProtocol.isCall(exchange.request()) ? grpcStatus(exchange, status) : null;
        boolean failed = status >= 500
                || (grpc == null ? status == 0 || isIncomplete(exchange.failure(), status) : grpc.isServerFault());
        String kept = exchange.trace().sampled() ? null : reason(keep, failed, nanos - exchange.startNanos());
        return new RequestOutcome(status, grpc, failed, nanos, kept);
    }

    /** Returns the same outcome, without export of unsampled spans. */
    RequestOutcome notKept() {
        return new RequestOutcome(status, grpc, failed, nanos, null);
    }

    private static @Nullable GrpcStatus grpcStatus(Exchange exchange, int status) {
        GrpcStatus sent = status == 0 ? null : sentStatus(exchange.response());
        return sent == null && isCancelled(exchange) ? GrpcStatus.CANCELLED : sent;
    }

    /** Reads the header fields first: "gRPC over HTTP2", Trailers-Only, which the gateway's own responses are too. */
    private static @Nullable GrpcStatus sentStatus(HttpServerResponse response) {
        GrpcStatus inHeader = GrpcProtocol.statusIn(response.headers());
        return inHeader != null ? inHeader : GrpcProtocol.statusIn(response.trailers());
    }

    /**
     * Returns true if the client cancelled the call, or the upstream did. When a deadline passes, both do, and either
     * may be seen first.
     */
    private static boolean isCancelled(Exchange exchange) {
        GatewayError failure = exchange.failure();
        if (failure == null || failure.kind() != ErrorKind.UPSTREAM_RESET) {
            return failure != null && failure.kind() == ErrorKind.CLIENT_GONE;
        }
        AttemptRecord last = exchange.attempts().get(exchange.attempts().size() - 1);
        return last.grpcStatus() == GrpcStatus.CANCELLED;
    }

    /**
     * Returns whether the response was cut off: its status differs from the failure's, so it began before the failure.
     */
    private static boolean isIncomplete(@Nullable GatewayError failure, int status) {
        return failure != null && failure.kind().status() != status;
    }

    private static @Nullable String reason(Keep keep, boolean failed, long durationNanos) {
        if (!keep.keeps(failed, durationNanos)) {
            return null;
        }
        return failed && keep.errors() ? KEPT_ERROR : KEPT_SLOW;
    }
}
