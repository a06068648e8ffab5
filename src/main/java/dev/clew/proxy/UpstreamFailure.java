package dev.clew.proxy;

import dev.clew.error.ErrorKind;
import dev.clew.error.GatewayError;
import dev.clew.exchange.BrokenResponse;
import dev.clew.exchange.Exchange;
import dev.clew.exchange.GrpcProtocol;
import dev.clew.exchange.Http2Fields;
import dev.clew.upstream.wire.MalformedResponse;
import io.netty.channel.ConnectTimeoutException;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.StreamResetException;
import io.vertx.core.impl.NoStackTraceTimeoutException;
import java.io.IOException;

/** What a failure at an upstream is called: the one place that knows how Vert.x and Netty say it. */
final class UpstreamFailure {

    /** RFC 9113 section 7; in HTTP/1 the connection is closed. */
    static final long CANCEL = 8;

    /** RFC 9113 section 7. */
    private static final long REFUSED_STREAM = 7;

    private static final int FIRST_FINAL_STATUS = 200;
    private static final int LAST_STATUS = 599;

    private UpstreamFailure() {}

    static GatewayError whileConnecting(Throwable cause) {
        boolean timeout = cause instanceof ConnectTimeoutException || cause instanceof NoStackTraceTimeoutException;
        // Nothing was exchanged yet, so what it says is about the way there: an address, a name, a certificate.
        String detail = cause.toString();
        return timeout
                ? GatewayError.of(ErrorKind.CONNECT_TIMEOUT, "The connection to the service timed out.", detail)
                : GatewayError.of(ErrorKind.UPSTREAM_UNREACHABLE, "The connection to the service failed.", detail);
    }

    static GatewayError whileExchanging(Throwable cause) {
        boolean gone = cause instanceof HttpClosedException
                || cause instanceof StreamResetException
                || cause instanceof IOException;
        String detail = gone ? cause.toString() : malformedReason(cause);
        return gone
                ? GatewayError.of(
                        ErrorKind.UPSTREAM_RESET, "The service closed the connection during the exchange.", detail)
                : GatewayError.of(ErrorKind.UPSTREAM_INVALID, "The service sent a malformed response.", detail);
    }

    /** Over HTTP/2 the reason is the cause of the error that ends the stream. */
    private static String malformedReason(Throwable cause) {
        Throwable malformed = cause instanceof MalformedResponse ? cause : cause.getCause();
        return malformed instanceof MalformedResponse refused
                ? refused.reason().code()
                : cause.getClass().getName();
    }

    /** The one thing that an attempt waits for. */
    enum Awaited {
        CONNECTION,
        /** The client is to send more of the request's body. */
        REQUEST,
        /** The upstream is to read more of it. */
        UPSTREAM_READS,
        RESPONSE_HEAD,
        RESPONSE_BODY,
        /** The client is to read more of the response. */
        CLIENT_READS
    }

    /**
     * The error of an attempt that has waited in vain.
     *
     * @param outOfTime whether it is the attempt or the request as a whole that took too long
     */
    static GatewayError timedOut(Awaited what, boolean outOfTime) {
        return switch (what) {
            case CONNECTION ->
                GatewayError.of(ErrorKind.CONNECT_TIMEOUT, "The connection to the service timed out.");
            case REQUEST -> bodyLate();
            case UPSTREAM_READS -> GatewayError.of(ErrorKind.IDLE_TIMEOUT, "The service stopped reading the request.");
            case RESPONSE_HEAD -> outOfTime();
            case RESPONSE_BODY ->
                outOfTime
                        ? GatewayError.of(ErrorKind.RESPONSE_TIMEOUT, "The service did not end its response in time.")
                        : GatewayError.of(ErrorKind.IDLE_TIMEOUT, "The service stopped sending its response.");
            case CLIENT_READS -> clientStalled();
        };
    }

    /**
     * The request as a whole takes longer than its tenant allows: the client's doing where the client is waited for,
     * and in no case held against the upstream, which may have been asked for something that never ends.
     */
    static GatewayError overdue(Awaited what) {
        return switch (what) {
            case REQUEST -> bodyLate();
            case CLIENT_READS -> clientStalled();
            default -> overdue();
        };
    }

    static GatewayError overdue() {
        return GatewayError.of(ErrorKind.REQUEST_OVERDUE, "The request took longer than this service allows.");
    }

    private static GatewayError clientStalled() {
        return GatewayError.of(ErrorKind.CLIENT_STALLED, "The client stopped reading the response.");
    }

    private static GatewayError bodyLate() {
        return GatewayError.of(ErrorKind.REQUEST_TIMEOUT, "The request's body did not arrive in time.");
    }

    /**
     * Neither another protocol, which nobody asked for, nor no status at all (RFC 9110 section 15), and sound fields.
     */
    static boolean isForwardable(HttpClientResponse head) {
        int status = head.statusCode();
        return status >= FIRST_FINAL_STATUS && status <= LAST_STATUS && areForwardable(head.headers(), head);
    }

    /** Of HTTP/1 fields the client's decoder has made sure. */
    static boolean areForwardable(MultiMap fields, HttpClientResponse from) {
        return from.version() != HttpVersion.HTTP_2 || Http2Fields.areSound(fields);
    }

    static GatewayError notForwardable() {
        return GatewayError.of(
                ErrorKind.UPSTREAM_INVALID, "The service sent a status or header field that cannot be forwarded.");
    }

    static GatewayError tooManyInterim() {
        return GatewayError.of(
                ErrorKind.UPSTREAM_INVALID, "The service sent too many interim responses.", "interim responses");
    }

    /** It is not the upstream's, but would else be answered at the deadline only, and then with the wrong reason. */
    static GatewayError ofTheGateway(Throwable fault) {
        return GatewayError.of(
                ErrorKind.INTERNAL,
                "The gateway failed to handle the request.",
                fault.getClass().getName());
    }

    /** The time for all attempts is over. */
    static GatewayError outOfTime() {
        return GatewayError.of(ErrorKind.RESPONSE_TIMEOUT, "The service did not respond in time.");
    }

    /**
     * The HTTP/2 error code for a client whose answer breaks off. That the upstream cancelled is passed on; its other
     * codes are about its own connection, or would be taken for a whole answer, or for none that was begun.
     */
    static long forwardedCode(Throwable cause) {
        return cause instanceof StreamResetException reset && reset.getCode() == CANCEL
                ? CANCEL
                : BrokenResponse.INTERNAL_ERROR;
    }

    /**
     * Whether the client's gRPC library has to see for itself that the upstream cancelled: when a deadline has passed,
     * both ends give the call up at the same time, and an error of the gateway's would hide why.
     */
    static boolean isCancelledCall(long forwardedCode, Exchange exchange) {
        return forwardedCode == CANCEL && GrpcProtocol.isCall(exchange.request());
    }

    /**
     * Whether the upstream has done nothing with a request, for all that can be told, but closed the connection or, in
     * HTTP/2, refused the stream (RFC 9113 section 8.7).
     */
    static boolean isUnprocessed(Throwable cause) {
        return cause instanceof StreamResetException reset
                ? reset.getCode() == REFUSED_STREAM
                : cause instanceof HttpClosedException || cause instanceof IOException;
    }
}
