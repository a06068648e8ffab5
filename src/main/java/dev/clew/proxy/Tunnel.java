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
import dev.clew.upstream.client.UpstreamResponse;
import io.vertx.core.AsyncResult;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.NetSocket;
import org.jspecify.annotations.Nullable;

/**
 * Two connections after a {@link ProtocolUpgrade}, whose bytes are forwarded in both directions with back-pressure
 * until one of them ends. The request lasts as long.
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
     * Returns a tunnel between the client's connection and the upstream's. No byte is forwarded before {@link #open}.
     */
    static Tunnel between(Attempt attempt, UpstreamResponse agreed) {
        return new Tunnel(attempt, agreed.socket());
    }

    /**
     * Opens the tunnel. Must be called while the upstream's response head is handled, before any byte that follows it.
     */
    void open(UpstreamResponse agreed, String protocol) {
        exchange.leftHttp(bytes);
        upstream.pause();
        fillHead(agreed, protocol);
        Buffer early = EarlyBytes.take(exchange.request().connection());
        exchange.request().toNetSocket().onComplete(attempt.guarded(switched -> switched(switched, early)));
    }

    private void fillHead(UpstreamResponse agreed, String protocol) {
        HttpServerResponse to = exchange.response();
        ResponseHeaders.copy(agreed.headers(), to.headers(), rules.cors() != null);
        HeaderEditing.apply(rules.headers(), to.headers());
        ProtocolUpgrade.setFields(protocol, to.headers());
    }

    /** @param early bytes that the client sent before the switch */
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
        // The end follows all bytes received before it.
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

    /** Closes both connections and ends the request, without waiting for a side that does not read. */
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
