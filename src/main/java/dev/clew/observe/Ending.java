package dev.clew.observe;

import dev.clew.error.GatewayError;
import dev.clew.error.GrpcStatus;
import dev.clew.exchange.Exchange;
import dev.clew.exchange.GrpcProtocol;
import dev.clew.tenant.tracing.Keep;
import io.vertx.core.http.HttpServerResponse;
import org.jspecify.annotations.Nullable;

/**
 * What a request came to.
 *
 * @param status sent to the client; 0 when it went away before one could be
 * @param grpc how a gRPC call ended as its client was told; null for what is none, or when it was not told
 * @param failed whether the SERVER span's status is Error (HTTP conventions, "Status"): a 5xx, no answer, or one that
 *     broke off; of a gRPC call also a status that is the server's fault
 * @param nanos when it ended, as {@link System#nanoTime} counts
 * @param kept why its spans are exported although they were not chosen at its start; null when they were, or are not
 */
record Ending(int status, @Nullable GrpcStatus grpc, boolean failed, long nanos, @Nullable String kept) {

    static final String KEPT_ERROR = "error";
    static final String KEPT_SLOW = "slow";

    static Ending of(Exchange exchange, Keep keep, long nanos) {
        HttpServerResponse response = exchange.response();
        int status = response.headWritten() ? response.getStatusCode() : 0;
        GrpcStatus grpc = status != 0 && GrpcProtocol.isCall(exchange.request()) ? grpcStatus(response) : null;
        boolean failed = status >= 500
                || status == 0
                || (grpc == null ? brokeOff(exchange.failure(), status) : grpc.isServerFault());
        String kept = exchange.trace().sampled() ? null : reason(keep, failed, nanos - exchange.startNanos());
        return new Ending(status, grpc, failed, nanos, kept);
    }

    /** The same, without being kept. */
    Ending notKept() {
        return new Ending(status, grpc, failed, nanos, null);
    }

    /**
     * In the header when nothing else was sent ("gRPC over HTTP2", Trailers-Only), as when the gateway itself answers.
     */
    private static @Nullable GrpcStatus grpcStatus(HttpServerResponse response) {
        GrpcStatus inHeader = GrpcProtocol.statusIn(response.headers());
        return inHeader != null ? inHeader : GrpcProtocol.statusIn(response.trailers());
    }

    /**
     * An answer of the gateway's own has the failure's status; one with another status had begun before the failure.
     */
    private static boolean brokeOff(@Nullable GatewayError failure, int status) {
        return failure != null && failure.kind().status() != status;
    }

    private static @Nullable String reason(Keep keep, boolean failed, long durationNanos) {
        if (!keep.keeps(failed, durationNanos)) {
            return null;
        }
        return failed && keep.errors() ? KEPT_ERROR : KEPT_SLOW;
    }
}
