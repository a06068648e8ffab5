package dev.clew.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.budget.Ledger;
import dev.clew.exchange.Deadlines;
import dev.clew.exchange.Loop;
import dev.clew.tenant.upstream.Connections;
import dev.clew.tenant.upstream.Endpoint;
import dev.clew.upstream.client.ResponseReceiver;
import dev.clew.upstream.client.UpstreamRequest;
import dev.clew.upstream.client.UpstreamResponse;
import dev.clew.upstream.wire.ResponseLimits;
import dev.clew.upstream.wire.StrictResponses;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.net.ConnectException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The behaviour that the proxy relies on, of the gateway's own client and of Vert.x's alike. */
class UpstreamClientsTest {

    private static final String HOST = "127.0.0.1";
    private static final int LARGE = 1 << 20;

    private final Vertx vertx = Vertx.vertx();
    private final AtomicInteger connections = new AtomicInteger();
    private final BlockingQueue<NetSocket> closed = new LinkedBlockingQueue<>();
    private final Deadlines deadlines = new Deadlines();
    private Context context;
    private NetServer server;
    private NetSocket latest;

    @BeforeEach
    void listen() throws Exception {
        server = await(vertx.createNetServer().connectHandler(this::serve).listen(0, HOST));
        context = vertx.getOrCreateContext();
        context.runOnContext(
                now -> vertx.setPeriodic(Deadlines.TICK.toMillis(), tick -> deadlines.expire(System.nanoTime())));
    }

    @AfterEach
    void close() throws Exception {
        await(vertx.close());
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    private void serve(NetSocket socket) {
        connections.incrementAndGet();
        latest = socket;
        StringBuilder received = new StringBuilder();
        socket.exceptionHandler(gone -> {});
        socket.closeHandler(end -> closed.add(socket));
        socket.handler(chunk -> {
            String request = received.append(chunk).toString();
            int body = request.indexOf("\r\n\r\n") + 4;
            String path = request.split(" ", 3)[1];
            boolean whole = body > 3 && (!path.startsWith("/upload") || request.endsWith("."));
            if (whole || (body > 3 && request.endsWith("0\r\n\r\n"))) {
                received.setLength(0);
                respond(socket, path, request.substring(body));
            }
        });
    }

    private static void respond(NetSocket socket, String path, String body) {
        String ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n";
        switch (path) {
            case "/silent" -> {}
            case "/ok" -> socket.write(ok + "\r\nok");
            case "/brief" -> socket.write(ok + "Keep-Alive: timeout=1\r\n\r\nok");
            case "/last" -> socket.write(ok + "Connection: close\r\n\r\nok");
            case "/surplus" -> socket.write(ok + "\r\nokHTTP/1.1 200 OK\r\n");
            case "/head" -> socket.write("HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n");
            case "/empty" -> socket.write("HTTP/1.1 204 No Content\r\n\r\n");
            case "/chunked" ->
                socket.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\nx-t: 1\r\n\r\n");
            case "/until-close" -> socket.end(Buffer.buffer("HTTP/1.1 200 OK\r\n\r\nok"));
            case "/hints" ->
                socket.write(
                        "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n" + ok + "\r\nok");
            case "/cut" -> socket.end(Buffer.buffer("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf"));
            case "/gone" -> socket.close();
            case "/garbage" -> socket.write("garbage\r\n\r\n");
            case "/large" ->
                socket.write("HTTP/1.1 200 OK\r\nContent-Length: " + LARGE + "\r\n\r\n" + "x".repeat(LARGE));
            default -> socket.write("HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
        }
    }

    /** One exchange, whose events are written down in order. */
    private static final class Exchange implements ResponseReceiver, UpstreamResponse.Body {

        final StringBuilder events = new StringBuilder();
        final CompletableFuture<String> ended = new CompletableFuture<>();
        private final Consumer<UpstreamRequest> sender;
        UpstreamResponse response;
        boolean reused;
        boolean pausing;
        int bytes;

        Exchange(Consumer<UpstreamRequest> sender) {
            this.sender = sender;
        }

        @Override
        public void connected(UpstreamRequest to) {
            reused = to.hasResponded();
            to.headers().set("host", "example.com");
            sender.accept(to);
        }

        @Override
        public void unconnected(Throwable cause) {
            ended.complete("!" + (cause instanceof ConnectException ? "refused" : cause.toString()));
        }

        @Override
        public void continued() {
            events.append("100 ");
        }

        @Override
        public void hinted(MultiMap fields) {
            events.append("103").append(fields.get("link")).append(' ');
        }

        @Override
        public void responded(UpstreamResponse head) {
            response = head;
            events.append(head.statusCode()).append(' ');
            head.body(this);
        }

        @Override
        public void received(Buffer chunk) {
            bytes += chunk.length();
            if (chunk.length() < 100) {
                events.append(chunk);
            }
            if (pausing) {
                pausing = false;
                response.pause();
                events.append("paused ");
                int before = bytes;
                Vertx.currentContext().owner().setTimer(1, later -> {
                    events.append(bytes == before ? "held " : "not held ");
                    response.resume();
                });
            }
        }

        @Override
        public void caughtUp() {
            events.append(bytes == 0 ? "~" : "");
        }

        @Override
        public void ended() {
            response.trailers().forEach((name, value) -> events.append('[' + name + '=' + value + ']'));
            ended.complete(events + ".");
        }

        @Override
        public void failed(Throwable cause) {
            ended.complete(events + "!" + cause.getClass().getSimpleName());
        }

        @Override
        public void broke(RuntimeException fault) {
            ended.complete("broke: " + fault);
        }

        String outcome() throws Exception {
            return ended.get(30, TimeUnit.SECONDS).replace("~", "");
        }
    }

    private LoopClient client(boolean direct, int port) throws Exception {
        ClientFactory factory = new ClientFactory(
                vertx,
                Connections.STANDARD,
                new StrictResponses(ResponseLimits.STANDARD, new Ledger(1 << 30).account("acme")),
                direct,
                () -> {});
        Target target = new Target(new Endpoint(false, HOST, port, ""), HOST, 1, factory);
        CompletableFuture<LoopClient> made = new CompletableFuture<>();
        context.runOnContext(now -> made.complete(target.clientOf(new Loop(0, deadlines))));
        return made.get(30, TimeUnit.SECONDS);
    }

    private LoopClient client(boolean direct) throws Exception {
        return client(direct, server.actualPort());
    }

    private Exchange send(LoopClient client, HttpMethod method, String path, Exchange exchange) {
        context.runOnContext(now -> client.request(method, path, false, exchange));
        return exchange;
    }

    private Exchange get(LoopClient client, String path) {
        return send(client, HttpMethod.GET, path, new Exchange(UpstreamRequest::end));
    }

    @ParameterizedTest
    @CsvSource({
        "true, /ok, 200 ok.",
        "false, /ok, 200 ok.",
        "true, /empty, 204 .",
        "false, /empty, 204 .",
        "true, /chunked, 200 ok[x-t=1].",
        "false, /chunked, 200 ok[x-t=1].",
        "true, /until-close, 200 ok.",
        "false, /until-close, 200 ok.",
        "true, /last, 200 ok.",
        "false, /last, 200 ok.",
        "true, /hints, 103</a> 100 200 ok.",
        "false, /hints, 103</a> 100 200 ok.",
        "true, /cut, 200 half!HttpClosedException",
        "false, /cut, 200 half!HttpClosedException",
        "true, /gone, !HttpClosedException",
        "false, /gone, !HttpClosedException",
        "true, /garbage, !MalformedResponse",
        "false, /garbage, !MalformedResponse",
    })
    void responseIsReceivedAsItCame(boolean direct, String path, String expected) throws Exception {
        LoopClient client = client(direct);
        assertEquals(expected, get(client, path).outcome());
        assertEquals("200 ok.", get(client, "/ok").outcome(), "the request after it");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void headHasNoBody(boolean direct) throws Exception {
        LoopClient client = client(direct);
        assertEquals(
                "200 .",
                send(client, HttpMethod.HEAD, "/head", new Exchange(UpstreamRequest::end))
                        .outcome());
        assertEquals("200 ok.", get(client, "/ok").outcome());
        assertEquals(1, connections.get());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void connectionIsReusedWhileItIsSound(boolean direct) throws Exception {
        LoopClient client = client(direct);
        Exchange first = get(client, "/ok");
        first.outcome();
        Exchange second = get(client, "/surplus");
        second.outcome();
        assertFalse(first.reused);
        assertTrue(second.reused);
        assertEquals(1, connections.get());
        Exchange third = get(client, "/ok");
        assertEquals("200 ok.", third.outcome());
        assertFalse(third.reused, "bytes that nobody asked for would be its response");
        assertEquals(2, connections.get());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void connectionClosedMeanwhileIsNotUsed(boolean direct) throws Exception {
        LoopClient client = client(direct);
        get(client, "/ok").outcome();
        await(latest.close());
        Exchange next = get(client, "/ok");
        assertEquals("200 ok.", next.outcome());
        assertFalse(next.reused);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void connectionIsClosedWhenItWasIdleAsLongAsTheUpstreamAllows(boolean direct) throws Exception {
        LoopClient client = client(direct);
        get(client, "/brief").outcome();
        assertEquals(latest, closed.poll(30, TimeUnit.SECONDS));
        assertEquals("200 ok.", get(client, "/ok").outcome());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void resetClosesTheConnection(boolean direct) throws Exception {
        LoopClient client = client(direct);
        send(client, HttpMethod.GET, "/silent", new Exchange(request -> {
            request.end();
            request.reset();
        }));
        assertNotNull(closed.poll(30, TimeUnit.SECONDS));
        assertEquals("200 ok.", get(client, "/ok").outcome());
        assertEquals(2, connections.get());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void requestResetBeforeItWasSentLeavesTheConnection(boolean direct) throws Exception {
        LoopClient client = client(direct);
        CompletableFuture<Void> reset = new CompletableFuture<>();
        send(client, HttpMethod.GET, "/ok", new Exchange(request -> {
            request.reset();
            reset.complete(null);
        }));
        reset.get(30, TimeUnit.SECONDS);
        assertEquals("200 ok.", get(client, "/ok").outcome());
        assertEquals(1, connections.get());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void refusedConnectionIsReported(boolean direct) throws Exception {
        int port = server.actualPort();
        await(server.close());
        assertEquals("!refused", get(client(direct, port), "/ok").outcome());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void closedClientConnectsNoMore(boolean direct) throws Exception {
        LoopClient client = client(direct);
        get(client, "/ok").outcome();
        client.close();
        assertEquals(latest, closed.poll(30, TimeUnit.SECONDS));
        assertTrue(get(client, "/ok").outcome().contains("closed"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void pausedBodyIsHeldAndNotLost(boolean direct) throws Exception {
        LoopClient client = client(direct);
        Exchange exchange = new Exchange(UpstreamRequest::end);
        exchange.pausing = true;
        send(client, HttpMethod.GET, "/large", exchange);
        assertTrue(exchange.outcome().endsWith("paused held ."), exchange.events::toString);
        assertEquals(LARGE, exchange.bytes);
        assertEquals("200 ok.", get(client, "/ok").outcome());
        assertEquals(1, connections.get());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void bodyOfAKnownLengthIsSentAsItIs(boolean direct) throws Exception {
        for (int size : new int[] {1, 5_000, LARGE}) {
            String body = "y".repeat(size - 1) + ".";
            Exchange exchange = new Exchange(request -> {
                request.headers().set("content-length", Integer.toString(size));
                request.sendHead();
                request.write(Buffer.buffer(body.substring(0, size / 2)));
                request.end(Buffer.buffer(body.substring(size / 2)));
            });
            send(client(direct), HttpMethod.PUT, "/upload", exchange).outcome();
            assertEquals(size, exchange.bytes);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void bodyOfUnknownLengthIsSentInChunks(boolean direct) throws Exception {
        Exchange exchange = new Exchange(request -> {
            request.chunked();
            request.write(Buffer.buffer("hello"));
            request.write(Buffer.buffer(" world, again"));
            request.end();
        });
        assertEquals(
                "200 5\r\nhello\r\nd\r\n world, again\r\n0\r\n\r\n.",
                send(client(direct), HttpMethod.PUT, "/upload", exchange).outcome());
        Exchange large = new Exchange(request -> {
            request.chunked();
            request.end(Buffer.buffer("z".repeat(5_000)));
        });
        send(client(direct), HttpMethod.PUT, "/upload", large).outcome();
        assertEquals("1388\r\n".length() + 5_000 + "\r\n0\r\n\r\n".length(), large.bytes);
    }
}
