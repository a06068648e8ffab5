package dev.clew.upstream.client;

import io.vertx.core.MultiMap;

/** Receives the events of one request to an upstream, on the context that requested the connection. */
public interface ResponseReceiver {

    /** Called once with the request to be sent, or not at all. */
    void connected(UpstreamRequest request);

    /** Called when no connection was established. */
    void unconnected(Throwable cause);

    /** Called for each 100 (Continue). */
    void continued();

    /** Called for each 103 (Early Hints). */
    void hinted(MultiMap fields);

    /** Called once with the head of the final response, or with 101 (Switching Protocols). */
    void responded(UpstreamResponse response);

    /** Called when the exchange fails, before or after the head. */
    void failed(Throwable cause);

    /** Called with the exception that another method of this receiver, or of the body's, threw. */
    void broke(RuntimeException fault);
}
