package dev.clew.proxy;

import dev.clew.action.ResponseRules;
import dev.clew.answer.HeaderEditing;
import dev.clew.error.ErrorKind;
import dev.clew.error.GatewayError;
import dev.clew.exchange.Exchange;
import dev.clew.exchange.PipedBytes;
import dev.clew.listener.EarlyBytes;
import io.vertx.core.AsyncResult;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.impl.Http1xClientConnection;
import io.vertx.core.net.NetSocket;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Two connections that have left HTTP behind, each byte of one passed on to the other, with back-pressure, until one of them ends:
 * what comes of an {@link Upgrade} that the upstream agreed to. The request lasts as long.
 */
final class Tunnel {

    private final Attempt attempt;
    private final Exchange exchange;
    private final NetSocket upstream;
    private final PipedBytes bytes = new PipedBytes();
    private @Nullable NetSocket client;
    private boolean upstreamOpen = true;
    private boolean clientOpen;

    private Tunnel(Attempt attempt, Exchange exchange, NetSocket upstream) {
        this.attempt = attempt;
        this.exchange = exchange;
        this.upstream = upstream;
    }

    /** To be called while the head of the upstream's answer is handled, before any byte behind it is. */
    static Tunnel open(Attempt attempt, Exchange exchange, HttpClientResponse agreed, String protocol) {
        // Not the response's own socket, whose queue never counts as full (Vert.x 4.5).
        Http1xClientConnection connection =
                (Http1xClientConnection) agreed.request().connection();
        Tunnel tunnel = new Tunnel(attempt, exchange, connection.toNetSocket());
        exchange.leavesHttp(tunnel.bytes);
        tunnel.upstream.pause();
        fillHead(exchange, agreed, protocol);
        Buffer early = EarlyBytes.take(exchange.request().connection());
        exchange.request().toNetSocket().onComplete(switched -> tunnel.switched(switched, early));
        return tunnel;
    }

    private static void fillHead(Exchange exchange, HttpClientResponse agreed, String protocol) {
        HttpServerResponse to = exchange.response();
        ResponseRules rules =
                Objects.requireNonNull(exchange.route(), "not routed").response();
        ResponseHeaders.copy(agreed.headers(), to.headers(), rules.cors() != null);
        HeaderEditing.apply(rules.headers(), to.headers());
        Upgrade.say(protocol, to.headers());
    }

    /** @param early what the client sent before it knew */
    private void switched(AsyncResult<NetSocket> socket, Buffer early) {
        if (socket.failed()) {
            attempt.fail(UpstreamFailure.ofTheGateway(socket.cause()));
            upstream.close();
            return;
        }
        NetSocket from = socket.result();
        client = from;
        clientOpen = true;
        from.closeHandler(closed -> clientClosed());
        from.exceptionHandler(broken -> attempt.fail(gone()));
        upstream.closeHandler(closed -> upstreamClosed());
        upstream.exceptionHandler(attempt::failed);
        from.handler(chunk -> {
            bytes.countFromClient(chunk.length());
            pass(from, upstream, chunk);
        });
        upstream.handler(chunk -> {
            bytes.countToClient(chunk.length());
            pass(upstream, from, chunk);
        });
        // Behind what is still to be passed on of what has come.
        from.endHandler(end -> upstream.close());
        upstream.endHandler(end -> from.close());
        if (early.length() > 0) {
            bytes.countFromClient(early.length());
            pass(from, upstream, early);
        }
        upstream.resume();
    }

    private void pass(NetSocket from, NetSocket to, Buffer chunk) {
        attempt.waitsOn();
        to.write(chunk);
        if (to.writeQueueFull()) {
            BackPressure.hold(from, to, attempt);
        }
    }

    private static GatewayError gone() {
        return GatewayError.of(ErrorKind.CLIENT_GONE, "The client closed the connection.");
    }

    private void clientClosed() {
        clientOpen = false;
        endWithBoth();
    }

    private void upstreamClosed() {
        upstreamOpen = false;
        endWithBoth();
    }

    private void endWithBoth() {
        if (!clientOpen && !upstreamOpen) {
            attempt.succeed();
            exchange.end();
        }
    }

    /** Ends both, whatever is still to be passed on. */
    void close() {
        upstream.close();
        if (client != null) {
            client.close();
        }
    }
}
