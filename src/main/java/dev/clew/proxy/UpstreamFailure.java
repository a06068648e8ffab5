package dev.clew.proxy;

import dev.clew.error.ErrorKind;
import dev.clew.error.GatewayError;
import dev.clew.exchange.BrokenResponse;
import dev.clew.exchange.Exchange;
import dev.clew.exchange.GrpcProtocol;
import dev.clew.exchange.Http2Fields;
import dev.clew.upstream.client.UpstreamResponse;
import dev.clew.upstream.wire.MalformedResponse;
import io.netty.channel.ConnectTimeoutException;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.StreamResetException;
import io.vertx.core.impl.NoStackTraceTimeoutException;
import java.io.IOException;

/** The errors of upstream failures. No other class knows how Vert.x and Netty report them. */
final class UpstreamFailure {

    /** The HTTP/2 error code (RFC 9113 section 7). */
    private static final long CANCEL = 8;

    /** The HTTP/2 error code (RFC 9113 section 7). */
    private static final long REFUSED_STREAM = 7;

    private static final int FIRST_FINAL_STATUS = 200;
    private static final int LAST_STATUS = 599;

    private UpstreamFailure() {}

    static GatewayError whileConnecting(Throwable cause) {
        boolean timeout = cause instanceof ConnectTimeoutException || cause instanceof NoStackTraceTimeoutException;
        // Nothing was exchanged yet, so the message concerns the connection only: an address, a name, a certificate.
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

    /**
     * Returns the reason of a malformed response. Over HTTP/2 it is the cause of the exception that ends the stream.
     */
    private static String malformedReason(Throwable cause) {
        Throwable malformed = cause instanceof MalformedResponse ? cause : cause.getCause();
        return malformed instanceof MalformedResponse rejected
                ? rejected.reason().code()
                : cause.getClass().getName();
    }

    /** The event that an attempt waits for. */
    enum Awaited {
        CONNECTION,
        /** More of the request body from the client. */
        REQUEST,
        /** The upstream reading more of the request body. */
        UPSTREAM_READS,
        RESPONSE_HEAD,
        RESPONSE_BODY,
        /** The client reading more of the response. */
        CLIENT_READS
    }

    /**
     * Returns the error of an attempt that timed out.
     *
     * @param outOfTime whether a deadline of the attempt or the request passed, rather than the timeout of this wait
     */
    static GatewayError timedOut(Awaited what, boolean outOfTime) {
        return switch (what) {
            case CONNECTION -> GatewayError.of(ErrorKind.CONNECT_TIMEOUT, "The connection to the service timed out.");
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
     * Returns the error of a request beyond its tenant's maximum duration: a client error where the client is awaited,
     * and never counted against the upstream, since the response may be endless by design.
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
     * Returns whether a response head can be forwarded: its status is final (RFC 9110 section 15), which excludes an
     * unsolicited 101, and its fields are valid.
     */
    static boolean isForwardable(UpstreamResponse head) {
        int status = head.statusCode();
        return status >= FIRST_FINAL_STATUS && status <= LAST_STATUS && areForwardable(head.headers(), head);
    }

    /** Returns whether the fields are valid; HTTP/1 fields were checked by the client's decoder. */
    static boolean areForwardable(MultiMap fields, UpstreamResponse from) {
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

    /**
     * Returns the error of an exception in the gateway; otherwise the request would fail at its deadline, for the wrong
     * reason.
     */
    static GatewayError ofTheGateway(Throwable fault) {
        return GatewayError.of(
                ErrorKind.INTERNAL,
                "The gateway failed to handle the request.",
                fault.getClass().getName());
    }

    /** Returns the error of a request whose attempts together exceed their deadline. */
    static GatewayError outOfTime() {
        return GatewayError.of(ErrorKind.RESPONSE_TIMEOUT, "The service did not respond in time.");
    }

    /**
     * Returns the HTTP/2 error code for a client whose response is truncated. The upstream's CANCEL is forwarded; its
     * other codes concern its own connection, or would signal a complete response or an unprocessed request.
     */
    static long forwardedCode(Throwable cause) {
        return cause instanceof StreamResetException reset && reset.getCode() == CANCEL
                ? CANCEL
                : BrokenResponse.INTERNAL_ERROR;
    }

    /**
     * Returns whether the client's gRPC library must see the upstream's cancellation itself: when a deadline passes,
     * both ends cancel the call at once, and an error of the gateway would hide the reason.
     */
    static boolean isCancelledCall(long forwardedCode, Exchange exchange) {
        return forwardedCode == CANCEL && GrpcProtocol.isCall(exchange.request());
    }

    /**
     * Returns whether the upstream presumably did not process the request: it closed the connection or, in HTTP/2,
     * refused the stream (RFC 9113 section 8.7).
     */
    static boolean isUnprocessed(Throwable cause) {
        return cause instanceof StreamResetException reset
                ? reset.getCode() == REFUSED_STREAM
                : cause instanceof HttpClosedException || cause instanceof IOException;
    }
}
