package dev.clew.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.clew.budget.Ledger;
import dev.clew.exchange.Deadlines;
import dev.clew.exchange.Loop;
import dev.clew.tenant.upstream.Connections;
import dev.clew.tenant.upstream.Endpoint;
import dev.clew.tenant.upstream.UpstreamProtocol;
import dev.clew.tenant.upstream.UpstreamTls;
import dev.clew.upstream.wire.ResponseLimits;
import dev.clew.upstream.wire.StrictResponses;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LoopClientTest {

    private static final int REQUESTS = 5;
    private static final String HOST = "127.0.0.1";

    private final Vertx vertx = Vertx.vertx();
    private final AtomicInteger pings = new AtomicInteger();
    private final AtomicInteger connections = new AtomicInteger();
    private int port;

    @BeforeEach
    void listen() throws Exception {
        HttpServer server = vertx.createHttpServer()
                .connectionHandler(connection -> {
                    connections.incrementAndGet();
                    connection.pingHandler(ping -> pings.incrementAndGet());
                })
                .requestHandler(request -> {});
        port = await(server.listen(0, HOST)).actualPort();
    }

    @AfterEach
    void close() throws Exception {
        await(vertx.close());
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    /** A gRPC server closes a connection, with all its calls, at the fourth PING in a row. */
    @Test
    void disconnectingClientsCauseTwoPingsAtMost() throws Exception {
        each(LoopClient::cancelled);
        assertEquals(2, pings.get());
        assertEquals(1, connections.get());
    }

    @Test
    void connectionThatRespondsOnlyToPingsIsRetired() throws Exception {
        each(LoopClient::timedOut);
        // Other connections may have been pinged since, each at most twice.
        assertEquals(2, connections.get());
        assertEquals(4, pings.get());
    }

    private interface End {
        void come(LoopClient client, HttpClientRequest request);
    }

    private void each(End end) throws Exception {
        Connections settings = new Connections(
                Connections.STANDARD.timeouts(), 64, 64, UpstreamProtocol.H2C, 100, UpstreamTls.STANDARD);
        ClientFactory factory = new ClientFactory(
                vertx,
                settings,
                new StrictResponses(ResponseLimits.STANDARD, new Ledger(1 << 30).account("acme")),
                true,
                () -> {});
        Target target = new Target(new Endpoint(false, HOST, port, ""), HOST, 1, factory);
        Promise<Void> all = Promise.promise();
        vertx.getOrCreateContext()
                .runOnContext(now -> next(target.clientOf(new Loop(0, new Deadlines())), end, 0, all));
        await(all.future());
    }

    private void next(LoopClient client, End end, int count, Promise<Void> all) {
        if (count == REQUESTS) {
            all.complete();
            return;
        }
        RequestOptions options = new RequestOptions()
                .setServer(SocketAddress.inetSocketAddress(port, HOST))
                .setHost(HOST)
                .setPort(port);
        client.request(options, connected -> {
            if (connected.failed()) {
                all.fail(connected.cause());
                return;
            }
            HttpClientRequest request = connected.result();
            request.response().onComplete(never -> {});
            request.sendHead()
                    .onSuccess(sent -> {
                        end.come(client, request);
                        request.reset(8);
                        // The acknowledgement of the settings follows that of the PING.
                        request.connection()
                                .updateSettings(new Http2Settings().setPushEnabled(false))
                                .onSuccess(acknowledged -> next(client, end, count + 1, all))
                                .onFailure(all::fail);
                    })
                    .onFailure(all::fail);
        });
    }
}
