package dev.clew.upstream.client;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.NetSocket;

/** The response to an {@link UpstreamRequest}: its head, and its body as it arrives. */
public interface UpstreamResponse {

    /** Receives the body. What its methods throw goes to {@link ResponseReceiver#broke}. */
    interface Body {

        void received(Buffer chunk);

        /** Called once after all that was read together with the head was received. */
        void caughtUp();

        void ended();
    }

    HttpVersion version();

    int statusCode();

    MultiMap headers();

    /** Returns the trailers; empty before the end of the body. */
    MultiMap trailers();

    /** Sets the receiver of the body. To be called while the head is received; without it the body is discarded. */
    void body(Body receiver);

    /** Stops the body; bytes already read are kept. */
    void pause();

    void resume();

    /** Returns the connection as a socket, after {@link UpstreamRequest#upgrade} and 101 (Switching Protocols). */
    NetSocket socket();
}
