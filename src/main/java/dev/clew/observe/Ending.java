package dev.clew.observe;

import dev.clew.error.GatewayError;
import dev.clew.exchange.Exchange;
import dev.clew.tenant.Keep;
import io.vertx.core.http.HttpServerResponse;
import org.jspecify.annotations.Nullable;

/**
 * What a request came to.
 *
 * @param status sent to the client; 0 when it went away before one could be
 * @param failed whether the SERVER span's status is Error (HTTP conventions, "Status"): a 5xx, no answer, or one that broke off
 * @param nanos when it ended, as {@link System#nanoTime} counts
 * @param kept why its spans are exported although they were not chosen at its start; null when they were, or are not
 */
record Ending(int status, boolean failed, long nanos, @Nullable String kept) {

    static final String KEPT_ERROR = "error";
    static final String KEPT_SLOW = "slow";

    static Ending of(Exchange exchange, Keep keep, long nanos) {
        HttpServerResponse response = exchange.response();
        int status = response.headWritten() ? response.getStatusCode() : 0;
        boolean failed = status >= 500 || status == 0 || brokeOff(exchange.failure(), status);
        String kept = exchange.trace().sampled() ? null : reason(keep, failed, nanos - exchange.startNanos());
        return new Ending(status, failed, nanos, kept);
    }

    /** An answer of the gateway's own has the failure's status; one with another status had begun before the failure. */
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
