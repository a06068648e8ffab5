package dev.clew.contract.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.contract.client.Call;
import dev.clew.contract.client.Http2Client;
import dev.clew.contract.client.RawClient;
import dev.clew.contract.client.RawResponse;
import dev.clew.contract.server.Turn;
import dev.clew.contract.world.Contract;
import dev.clew.contract.world.Trace;
import dev.clew.testing.Await;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A tenant's limits on a request's duration, its header section, and the connections of requests. */
abstract class RequestLimitContract extends Contract {

    private static final String BRIEF = "brief.test";
    private static final String SOCIABLE = "sociable.test";
    private static final String TERSE = "terse.test";

    private static Call hand(String marker) {
        return Call.get("/hand/" + marker).host(BRIEF);
    }

    @Test
    void anUpstreamThatIsStillSilentWhenTheTimeIsOverIs504() {
        String marker = marker();
        try (RawClient client = connect()) {
            client.send(hand(marker));
            Turn turn = world.hand().take(marker);
            RawResponse rejected = client.read().assertProblem(504, "request-overdue");
            turn.awaitClosed();
            assertEquals(
                    "request-overdue",
                    world.awaitAccessLogLine(rejected.traceId()).getString("error"));
            Trace trace = trace(rejected.traceId());
            assertEquals("request-overdue", trace.server().attribute("error.type"));
        }
    }

    @Test
    void aPlaceThatIsStillWaitedForWhenTheTimeIsOverIs504() {
        String marker = marker();
        try (RawClient inside = connect()) {
            inside.send(Call.get("/one/" + marker)
                    .host(BRIEF)
                    .line("Connection: Upgrade")
                    .line("Upgrade: chat"));
            Turn turn = world.hand().take(marker);
            turn.send("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: chat\r\n\r\n");
            assertEquals(101, inside.readHead().status());
            send(Call.get("/one/x").host(BRIEF)).assertProblem(504, "request-overdue");
            turn.close();
        }
    }

    @Test
    void aGrpcCallIsToldSoInItsWay() {
        try (Http2Client client = new Http2Client(port())) {
            int stream = client.open(
                    Http2Client.END_STREAM,
                    ":method POST",
                    ":scheme http",
                    ":authority " + BRIEF,
                    ":path /any/never",
                    "content-type application/grpc",
                    "te trailers");
            RawResponse response = responseOf(client, stream);
            assertEquals("14", response.one("grpc-status"));
            assertTrue(response.one("grpc-message").startsWith("request-overdue"), response::toString);
        }
    }

    @Test
    void aClientThatDripsItsBodyIs408WhenTheTimeIsOver() {
        String marker = marker();
        try (RawClient client = connect()) {
            client.send(Call.of("POST", "/hand/" + marker)
                    .host(BRIEF)
                    .header("Content-Length", "1000000")
                    .raw("x"));
            Turn turn = world.hand().take(marker);
            CompletableFuture<RawResponse> response = CompletableFuture.supplyAsync(client::read);
            Await.until("response", () -> {
                drip(client);
                return response.isDone();
            });
            response.join().assertRejected(408, "request-timeout");
            turn.awaitClosed();
        }
    }

    /** Sends a byte; the gateway may have closed the connection already. */
    private static void drip(RawClient client) {
        try {
            client.out().write('x');
        } catch (IOException e) {
            return;
        }
    }

    @Test
    void aResponseThatIsStillUnderWayWhenTheTimeIsOverIsCutOff() {
        String marker = marker();
        try (RawClient client = connect()) {
            client.send(hand(marker));
            Turn turn = world.hand().take(marker);
            turn.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n");
            RawResponse head = client.readHead();
            assertEquals(200, head.status());
            assertEquals("half", client.chunk());
            assertEquals("", client.readToEnd());
            turn.awaitClosed();
            assertEquals(
                    "request-overdue", world.awaitAccessLogLine(head.traceId()).getString("error"));
        }
    }

    @Test
    void aConnectionThatHasLeftHttpLastsAsLongAsItLikes() {
        String marker = marker();
        try (RawClient client = connect()) {
            client.send(hand(marker).line("Connection: Upgrade").line("Upgrade: chat"));
            Turn turn = world.hand().take(marker);
            turn.send("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: chat\r\n\r\n");
            assertEquals(101, client.readHead().status());
            // A later request is overdue, so this one's time has passed as well.
            send(Call.get("/any/never").host(BRIEF)).assertProblem(504, "request-overdue");
            turn.send("still here").close();
            assertEquals("still here", client.readToEnd());
        }
    }

    @Test
    void aHeaderSectionBeyondTheTenantsLimitIs431AndTheUpstreamHearsNothing() {
        String marker = marker();
        RawResponse rejected = send(Call.get("/hand/" + marker).host(TERSE).header("x-padding", "x".repeat(1024)));
        rejected.assertRejected(431, "headers-too-large");
        assertEquals(0, world.hand().count(marker));
        RawResponse served = send(Call.get("/any/x").host(TERSE).header("x-padding", "x".repeat(800)));
        assertEquals(200, served.status());
    }

    @Test
    void aHeaderSectionOverHttp2IsCountedAlike() {
        try (Http2Client client = new Http2Client(port())) {
            String[] fields = new String[10];
            Arrays.setAll(fields, i -> "x-padding-" + i + ' ' + "x".repeat(100));
            int stream = get(client, TERSE, fields);
            responseOf(client, stream).assertProblem(431, "headers-too-large");
            int next = get(client, TERSE, "x-padding x");
            assertEquals(200, responseOf(client, next).status());
        }
    }

    private static int get(Http2Client client, String host, String... fields) {
        List<String> lines =
                new ArrayList<>(List.of(":method GET", ":scheme http", ":authority " + host, ":path /any/x"));
        lines.addAll(List.of(fields));
        return client.open(Http2Client.END_STREAM, lines.toArray(String[]::new));
    }

    private static RawResponse responseOf(Http2Client client, int stream) {
        return assertInstanceOf(Http2Client.Outcome.Responded.class, client.await(stream))
                .response();
    }

    private static RawResponse ask(RawClient client, String host) {
        return client.send(Call.get("/any/x").host(host)).read();
    }

    /** Opens a connection that counts for the tenant; an earlier close may be noticed late. */
    private RawClient counted() {
        return Await.notNull("room for a connection", () -> {
            RawClient client = connect();
            if (ask(client, SOCIABLE).status() == 200) {
                return client;
            }
            client.close();
            return null;
        });
    }

    @Test
    void oneConnectionTooManyIs503AndClosedAndThoseBeforeItGoOn() {
        try (RawClient first = counted();
                RawClient second = counted();
                RawClient third = connect()) {
            RawResponse rejected = ask(third, SOCIABLE).assertRejected(503, "connections-limited");
            assertTrue(rejected.has("retry-after"), rejected::toString);
            assertEquals("", third.readToEnd());
            JsonObject line = world.awaitAccessLogLine(rejected.traceId());
            assertEquals("connections-limited", line.getString("error"));
            for (int i = 0; i < 5; i++) {
                assertEquals(200, ask(first, SOCIABLE).status());
                assertEquals(200, ask(second, SOCIABLE).status());
            }
        }
    }

    @Test
    void aClosedConnectionGivesItsRoomBack() {
        for (int i = 0; i < 5; i++) {
            counted().close();
        }
        try (RawClient first = counted();
                RawClient second = counted()) {
            assertEquals(200, ask(first, SOCIABLE).status());
            assertEquals(200, ask(second, SOCIABLE).status());
        }
    }

    @Test
    void aConnectionCountsForATenantWithItsFirstRequestForThatOne() {
        try (RawClient third = connect()) {
            assertEquals(200, ask(third, TERSE).status());
            try (RawClient first = counted();
                    RawClient second = counted()) {
                assertEquals(200, ask(first, SOCIABLE).status());
                assertEquals(200, ask(second, SOCIABLE).status());
                // The connection belongs to another tenant, and continues to.
                assertEquals(200, ask(third, TERSE).status());
                ask(third, SOCIABLE).assertRejected(503, "connections-limited");
            }
        }
    }

    @Test
    void overHttp2OneConnectionTooManyIsToldToGo() {
        try (RawClient first = counted();
                RawClient second = counted();
                Http2Client third = new Http2Client(port())) {
            int stream = get(third, SOCIABLE, "x-a b");
            RawResponse rejected = responseOf(third, stream);
            rejected.assertProblem(503, "connections-limited");
            assertFalse(rejected.has("connection"), rejected::toString);
            assertInstanceOf(Http2Client.Outcome.Gone.class, third.await(stream));
            assertEquals(200, ask(first, SOCIABLE).status());
            assertEquals(200, ask(second, SOCIABLE).status());
        }
    }
}
