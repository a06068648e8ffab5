package dev.clew.upstream.client;

import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.HostAndPort;
import io.vertx.core.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * One request to an upstream over an established connection, whichever client carries it. Confined to the event loop of
 * the request that it forwards.
 */
public interface UpstreamRequest {

    HttpVersion version();

    /** Returns the address at the other end of the connection; null if it is unknown. */
    @Nullable SocketAddress peer();

    /**
     * Returns whether the connection has carried a response. An upstream may close an idle connection just as it is
     * reused, and a request may then be repeated on a new one (RFC 9112 section 9.3.1).
     */
    boolean hasResponded();

    /** Returns the header fields, to be filled in before the head is sent. */
    MultiMap headers();

    /** Sets {@code :authority}; for HTTP/2 only. */
    void authority(HostAndPort authority);

    /** Sends the body in chunks, since its length is unknown; HTTP/2 has frames. */
    void chunked();

    /** Sends the head ahead of the body. */
    void sendHead();

    /** Sends a part of the body, with the head if that was not sent. */
    void write(Buffer chunk);

    /** Ends the request. */
    void end();

    /** Ends the request with the last part of its body. */
    void end(Buffer last);

    /** Sends the head of a request for another protocol, which has no end. */
    void upgrade();

    /** Returns whether the upstream reads more slowly than the body is written. */
    boolean isQueueFull();

    /** @param drained called once the queue is no longer full */
    void drainHandler(Handler<Void> drained);

    /**
     * Aborts the request without waiting for an upstream that does not read: HTTP/1 closes the connection, HTTP/2
     * resets the stream. The receiver is not called again, except for the reset's echo.
     */
    void reset();

    /** Reports that the response did not come in time, after which a shared connection may be unusable. */
    void timedOut();

    /** Reports that the client cancelled the request. */
    void cancelled();
}
