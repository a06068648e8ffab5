package dev.clew.proxy;

import dev.clew.action.ResponseRules;
import dev.clew.error.ErrorKind;
import dev.clew.error.GatewayError;
import dev.clew.exchange.BrokenResponse;
import dev.clew.exchange.Exchange;
import dev.clew.exchange.TunnelBytes;
import dev.clew.filter.HeaderEditing;
import dev.clew.listener.ConnectionClose;
import dev.clew.listener.EarlyBytes;
import dev.clew.proxy.HeldBytes.Direction;
import io.vertx.core.AsyncResult;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.impl.Http1xClientConnection;
import io.vertx.core.net.NetSocket;
import org.jspecify.annotations.Nullable;

/**
 * Two connections that have left HTTP behind, each byte of one passed on to the other, with back-pressure, until one of
 * them ends: what comes of an {@link ProtocolUpgrade} that the upstream agreed to. The request lasts as long.
 */
final class Tunnel {

    private final Attempt attempt;
    private final Exchange exchange;
    private final ResponseRules rules;
    private final NetSocket upstream;
    private final TunnelBytes bytes = new TunnelBytes();
    private @Nullable NetSocket client;
    private boolean upstreamOpen = true;
    private boolean clientOpen;

    private Tunnel(Attempt attempt, NetSocket upstream) {
        this.attempt = attempt;
        this.exchange = attempt.exchange();
        this.rules = attempt.request().route().response();
        this.upstream = upstream;
    }

    /**
     * Between the request's connection and the one over which the upstream agreed. Nothing of it is passed on before
     * {@link #open}.
     */
    static Tunnel between(Attempt attempt, HttpClientResponse agreed) {
        // Not the response's own socket, whose queue never counts as full (Vert.x 4.5).
        Http1xClientConnection connection =
                (Http1xClientConnection) agreed.request().connection();
        return new Tunnel(attempt, connection.toNetSocket());
    }

    /** To be called while the head of the upstream's answer is handled, before any byte behind it is. */
    void open(HttpClientResponse agreed, String protocol) {
        exchange.leftHttp(bytes);
        upstream.pause();
        fillHead(agreed, protocol);
        Buffer early = EarlyBytes.take(exchange.request().connection());
        exchange.request().toNetSocket().onComplete(attempt.guarded(switched -> switched(switched, early)));
    }

    private void fillHead(HttpClientResponse agreed, String protocol) {
        HttpServerResponse to = exchange.response();
        ResponseHeaders.copy(agreed.headers(), to.headers(), rules.cors() != null);
        HeaderEditing.apply(rules.headers(), to.headers());
        ProtocolUpgrade.setFields(protocol, to.headers());
    }

    /** @param early what the client sent before it knew */
    private void switched(AsyncResult<NetSocket> socket, Buffer early) {
        if (socket.failed()) {
            attempt.fail(UpstreamFailure.ofTheGateway(socket.cause()));
            return;
        }
        NetSocket from = socket.result();
        client = from;
        clientOpen = true;
        from.closeHandler(attempt.guarded(closed -> clientClosed()));
        from.exceptionHandler(attempt.guarded(broken -> attempt.fail(clientGone())));
        upstream.closeHandler(attempt.guarded(closed -> upstreamClosed()));
        upstream.exceptionHandler(attempt.guarded(attempt::failed));
        from.handler(attempt.guarded(chunk -> {
            bytes.countFromClient(chunk.length());
            pass(from, upstream, Direction.UPSTREAM, chunk);
        }));
        upstream.handler(attempt.guarded(chunk -> {
            bytes.countToClient(chunk.length());
            pass(upstream, from, Direction.CLIENT, chunk);
        }));
        // Behind what is still to be passed on of what has come.
        from.endHandler(attempt.guarded(end -> upstream.close()));
        upstream.endHandler(attempt.guarded(end -> from.close()));
        if (early.length() > 0) {
            bytes.countFromClient(early.length());
            pass(from, upstream, Direction.UPSTREAM, early);
        }
        upstream.resume();
    }

    private void pass(NetSocket from, NetSocket to, Direction direction, Buffer chunk) {
        attempt.restartIdleTimeout();
        to.write(chunk);
        if (to.writeQueueFull()) {
            BackPressure.hold(from, to, direction, attempt);
        }
    }

    private static GatewayError clientGone() {
        return GatewayError.of(ErrorKind.CLIENT_GONE, "The client closed the connection.");
    }

    private void clientClosed() {
        clientOpen = false;
        endIfBothClosed();
    }

    private void upstreamClosed() {
        upstreamOpen = false;
        endIfBothClosed();
    }

    private void endIfBothClosed() {
        if (!clientOpen && !upstreamOpen) {
            attempt.succeed();
            exchange.lifetime().end();
        }
    }

    void closeUpstream() {
        ConnectionClose.gracefully(upstream);
    }

    /** Ends both, and with them the request: a side that does not read is not waited for. */
    void close() {
        try {
            closeUpstream();
        } finally {
            endClient();
        }
    }

    private void endClient() {
        if (client == null) {
            BrokenResponse.abort(exchange);
            return;
        }
        try {
            ConnectionClose.gracefully(client);
        } finally {
            exchange.lifetime().end();
        }
    }
}
