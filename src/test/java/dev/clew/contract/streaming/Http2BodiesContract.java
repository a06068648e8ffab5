package dev.clew.contract.streaming;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.contract.client.Front;
import dev.clew.contract.client.Pump;
import dev.clew.contract.server.Seen;
import dev.clew.contract.server.Turn;
import dev.clew.contract.world.Contract;
import dev.clew.contract.world.Metrics;
import dev.clew.contract.world.NeverBlocked;
import dev.clew.contract.world.StreamFiles;
import dev.clew.testing.Await;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.http.StreamResetException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Bodies over HTTP/2 with prior knowledge or negotiated over TLS, and over HTTP/1.1 with TLS. */
@ExtendWith(NeverBlocked.class)
abstract class Http2BodiesContract extends Contract {

    private static final int STREAMS = 50;
    private static final int LARGE = 8 << 20;

    private static Vertx vertx;

    @BeforeAll
    static void startClients() {
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void stopClients() {
        Await.ended(vertx.close());
    }

    private Future<HttpClientRequest> request(Front front, HttpClient client, HttpMethod method, String uri) {
        return client.request(new RequestOptions()
                .setServer(io.vertx.core.net.SocketAddress.inetSocketAddress(
                        front.tls ? world.tlsPort() : port(), "127.0.0.1"))
                .setHost(StreamFiles.HOST)
                .setPort(front.tls ? 443 : 80)
                .setSsl(front.tls)
                .setMethod(method)
                .setURI(uri));
    }

    /** A complete response. */
    private record Response(HttpClientResponse head, Buffer body) {

        Seen echoed() {
            assertEquals(200, head.statusCode());
            return Seen.parse(body.toString());
        }
    }

    /**
     * Reads a response. Must be called on the head's event loop: from another thread, the body may already have passed,
     * and its end would never arrive.
     */
    private static Future<Response> whole(HttpClientResponse response) {
        return response.body().map(body -> new Response(response, body));
    }

    private Future<Response> begin(Front front, HttpClient client, String uri) {
        return request(front, client, HttpMethod.GET, uri)
                .compose(request -> request.send().compose(Http2BodiesContract::whole));
    }

    private Response get(Front front, HttpClient client, String uri) {
        return Await.ended(begin(front, client, uri));
    }

    @ParameterizedTest
    @EnumSource
    void servesOverEveryFront(Front front) {
        HttpClient client = front.client(vertx);
        Response response = get(front, client, "/any/x");
        Seen seen = response.echoed();

        assertEquals(front.version, response.head().version());
        assertEquals("/x", seen.uri());
        assertEquals(StreamFiles.HOST, seen.one("host"));
        assertEquals(front.tls ? "https" : "http", seen.one("x-forwarded-proto"));
        assertEquals(1, response.head().headers().getAll("x-trace-id").size());
        Await.ended(client.close());
    }

    @ParameterizedTest
    @EnumSource
    void responsesOfTheGatewayAreProblemsOnEveryFront(Front front) {
        HttpClient client = front.client(vertx);
        Response response = get(front, client, "/nothing");
        JsonObject problem = response.body().toJsonObject();

        assertEquals(404, response.head().statusCode());
        assertEquals("unknown-route", problem.getString("code"));
        assertEquals(response.head().getHeader("x-trace-id"), problem.getString("trace_id"));
        assertEquals("/y", get(front, client, "/any/y").echoed().uri());
        Await.ended(client.close());
    }

    @ParameterizedTest
    @EnumSource
    void largeBodiesPassUnchangedBothWays(Front front) {
        HttpClient client = front.client(vertx);
        Buffer body = Buffer.buffer("0123456789abcde\n".repeat(LARGE / 16));
        Response response = Await.ended(request(front, client, HttpMethod.POST, "/any/x")
                .compose(request -> request.send(body).compose(Http2BodiesContract::whole)));

        assertEquals(body.toString(), response.echoed().body());
        Await.ended(client.close());
    }

    @ParameterizedTest
    @EnumSource(names = {"PRIOR_KNOWLEDGE", "ALPN"})
    void streamsOfOneConnectionAreServedWhenTheyAreReady(Front front) {
        HttpClient client = front.client(vertx);
        String held = marker();
        Future<Response> waiting = begin(front, client, "/hand/" + held);
        Turn turn = world.hand().take(held);
        List<Future<Response>> others = new ArrayList<>();
        for (int i = 0; i < STREAMS; i++) {
            others.add(begin(front, client, "/any/s" + i));
        }
        for (int i = 0; i < STREAMS; i++) {
            assertEquals("/s" + i, Await.ended(others.get(i)).echoed().uri());
        }
        turn.send("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nheld").done();
        assertEquals("held", Await.ended(waiting).body().toString());
        Await.ended(client.close());
    }

    @Test
    void resetOfAStreamCancelsItsRequestAndNoOther() {
        Front front = Front.PRIOR_KNOWLEDGE;
        HttpClient client = front.client(vertx);
        String kept = marker();
        String dropped = marker();
        Future<Response> keptResponse = begin(front, client, "/hand/" + kept);
        Turn keptTurn = world.hand().take(kept);
        HttpClientRequest request = Await.ended(request(front, client, HttpMethod.GET, "/hand/" + dropped));
        String traceId = java.util.UUID.randomUUID().toString().replace("-", "");
        request.putHeader("traceparent", "00-" + traceId + "-00f067aa0ba902b7-01")
                .send();
        Turn turn = world.hand().take(dropped);
        request.reset();
        turn.awaitClosed();

        assertEquals("client-closed-request", trace(traceId).server().attribute("error.type"));
        assertEquals("client-closed-request", trace(traceId).client().attribute("error.type"));
        keptTurn.send("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nkept").done();
        assertEquals("kept", Await.ended(keptResponse).body().toString());
        new Metrics(world.managementPort()).awaitNoneActive();
        Await.ended(client.close());
    }

    @Test
    void resetInTheMiddleOfAnUploadCancelsTheUpstreamRequest() {
        HttpClient client = Front.PRIOR_KNOWLEDGE.client(vertx);
        String marker = marker();
        HttpClientRequest request =
                Await.ended(request(Front.PRIOR_KNOWLEDGE, client, HttpMethod.POST, "/hand/" + marker));
        request.setChunked(true).write("half");
        Turn turn = world.hand().take(marker);
        assertEquals("4\r\nhalf\r\n", turn.read(9));
        request.reset();
        turn.awaitClosed();
        new Metrics(world.managementPort()).awaitNoneActive();
        Await.ended(client.close());
    }

    @Test
    void upstreamThatBreaksOffResetsTheStreamOnly() {
        Front front = Front.PRIOR_KNOWLEDGE;
        HttpClient client = front.client(vertx);
        String marker = marker();
        Future<HttpClientResponse> head =
                request(front, client, HttpMethod.GET, "/hand/" + marker).compose(HttpClientRequest::send);
        Future<Response> response = head.compose(Http2BodiesContract::whole);
        Turn turn = world.hand().take(marker);
        turn.sendHalf();
        assertEquals(200, Await.ended(head).statusCode());
        turn.close();
        CompletionException failure = assertThrows(CompletionException.class, () -> Await.ended(response));
        assertEquals(StreamResetException.class, failure.getCause().getClass());
        assertEquals("/y", get(front, client, "/any/y").echoed().uri());
        Await.ended(client.close());
    }

    @Test
    void trailersReachAnHttp2Client() {
        HttpClient client = Front.PRIOR_KNOWLEDGE.client(vertx);
        Response response = get(Front.PRIOR_KNOWLEDGE, client, "/any/trailers");
        assertEquals("checked", response.body().toString());
        assertEquals("42", response.head().getTrailer("x-checksum"));
        Await.ended(client.close());
    }

    @Test
    void readerThatStopsHoldsBackTheUpstreamButNoOtherStream() throws IOException {
        Front front = Front.PRIOR_KNOWLEDGE;
        HttpClient client = front.client(vertx);
        String marker = marker();
        long length = 64L << 20;
        Future<HttpClientResponse> pending = request(front, client, HttpMethod.GET, "/hand/" + marker)
                .compose(HttpClientRequest::send)
                .onSuccess(HttpClientResponse::pause);
        Turn turn = world.hand().take(marker);
        turn.send("HTTP/1.1 200 OK\r\nContent-Length: " + length + "\r\n\r\n");
        Pump upstream = Pump.write(turn.out(), length);
        HttpClientResponse response = Await.ended(pending);
        long written = upstream.awaitStuck(() -> get(front, client, "/any/fence"));
        assertTrue(written < length / 2, () -> "the upstream could write " + written + " bytes without a reader");

        long[] read = {0};
        response.handler(chunk -> read[0] += chunk.length());
        Future<Void> end = response.end();
        response.resume();
        Await.ended(end);
        assertEquals(length, read[0]);
        upstream.awaitFinished();
        turn.done();
        Await.ended(client.close());
    }
}
