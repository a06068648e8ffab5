package dev.clew.proxy;

import dev.clew.error.ErrorKind;
import dev.clew.error.GatewayError;
import io.netty.channel.ConnectTimeoutException;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.StreamResetException;
import io.vertx.core.impl.NoStackTraceTimeoutException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What a failure at an upstream is called: the one place that knows how Vert.x and Netty say it. */
final class UpstreamFailure {

    private UpstreamFailure() {}

    static GatewayError whileConnecting(Throwable cause) {
        boolean timeout = cause instanceof ConnectTimeoutException || cause instanceof NoStackTraceTimeoutException;
        // Nothing was exchanged yet, so what it says is about the way there: an address, a name, a certificate.
        String detail = cause.toString();
        return timeout
                ? GatewayError.of(ErrorKind.CONNECT_TIMEOUT, "The service could not be connected to in time.", detail)
                : GatewayError.of(ErrorKind.UPSTREAM_UNREACHABLE, "The service could not be connected to.", detail);
    }

    static GatewayError whileExchanging(Throwable cause) {
        boolean gone = cause instanceof HttpClosedException
                || cause instanceof StreamResetException
                || cause instanceof IOException;
        String detail = gone ? cause.toString() : cause.getClass().getName();
        return gone
                ? GatewayError.of(
                        ErrorKind.UPSTREAM_RESET, "The service ended the connection before it had answered.", detail)
                : GatewayError.of(ErrorKind.UPSTREAM_INVALID, "The service's answer could not be understood.", detail);
    }

    /** What was waited for in vain. */
    static GatewayError timedOut(boolean connected, @Nullable RequestBody body, HttpServerResponse answer) {
        if (!connected || body == null) {
            return GatewayError.of(ErrorKind.CONNECT_TIMEOUT, "The service could not be connected to in time.");
        }
        if (answer.headWritten()) {
            return answer.writeQueueFull()
                    ? GatewayError.of(ErrorKind.CLIENT_STALLED, "The client stopped reading the answer.")
                    : GatewayError.of(ErrorKind.IDLE_TIMEOUT, "The service stopped answering.");
        }
        if (body.isComplete()) {
            return GatewayError.of(ErrorKind.RESPONSE_TIMEOUT, "The service did not answer in time.");
        }
        return body.isHeldUpByUpstream()
                ? GatewayError.of(ErrorKind.IDLE_TIMEOUT, "The service stopped reading the request.")
                : GatewayError.of(ErrorKind.REQUEST_TIMEOUT, "The request's body did not arrive in time.");
    }
}
