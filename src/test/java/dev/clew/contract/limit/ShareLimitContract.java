package dev.clew.contract.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.contract.client.Call;
import dev.clew.contract.client.Http2Client;
import dev.clew.contract.client.RawClient;
import dev.clew.contract.client.RawResponse;
import dev.clew.contract.server.Turn;
import dev.clew.contract.world.Contract;
import dev.clew.contract.world.Metrics;
import dev.clew.testing.Await;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A tenant's share of the gateway: rate, concurrency, and no effect on other tenants. */
abstract class ShareLimitContract extends Contract {

    private static final String RATED = "rated.test";
    private static final String RATED_APART = "rated-apart.test";
    private static final String NARROW = "narrow.test";
    /** The limit on concurrent requests of {@link #NARROW}. */
    private static final int ROOM = 2;

    private static final int BURST = 3;

    private final List<RawClient> inside = new ArrayList<>();

    @BeforeEach
    void nothingIsUnderWay() {
        new Metrics(world.managementPort()).awaitNoneActive();
    }

    /** Disconnects with a reset: the next test would wait for a client that only ends its side. */
    @AfterEach
    void leave() {
        inside.forEach(RawClient::abort);
    }

    /** Sends requests until one is rejected: one per second passes, and they arrive faster on any machine. */
    private RawResponse untilRejected(String host) {
        AtomicReference<RawResponse> last = new AtomicReference<>();
        Await.until("rejection", () -> {
            last.set(send(Call.get("/any/x").host(host)));
            return last.get().status() != 200;
        });
        return last.get();
    }

    @Test
    void asManyAsTheBurstPassAtOnceAndThenOneIs429() {
        for (int i = 0; i < BURST; i++) {
            assertEquals(200, send(Call.get("/any/x").host(RATED)).status());
        }
        RawResponse rejected = untilRejected(RATED).assertProblem(429, "rate-limited");
        assertEquals("1", rejected.one("retry-after"));
        assertEquals(List.of(), trace(rejected.traceId()).clients());
        assertEquals(
                "rate-limited", world.awaitAccessLogLine(rejected.traceId()).getString("error"));
    }

    @Test
    void aRejectedRequestDoesNotEndTheConnectionAndAnotherOnePassesLater() {
        untilRejected(RATED_APART);
        try (RawClient client = connect()) {
            Await.until(
                    "admitted request",
                    () -> client.send(Call.get("/any/x").host(RATED_APART))
                                    .read()
                                    .status()
                            == 200);
        }
    }

    @Test
    void anotherTenantDoesNotNoticeThatOneIsRejected() {
        untilRejected(RATED_APART);
        for (int i = 0; i < 10 * BURST; i++) {
            assertEquals(200, send(Call.get("/orders/1")).status());
        }
    }

    /** A request that stays in flight until the test releases it. */
    private Turn enter() {
        String marker = marker();
        RawClient client = connect();
        inside.add(client);
        client.send(Call.get("/hand/" + marker).host(NARROW));
        return world.hand().take(marker);
    }

    private void fill() {
        for (int i = 0; i < ROOM; i++) {
            enter();
        }
    }

    private RawResponse next() {
        return send(Call.get("/any/x").host(NARROW));
    }

    @Test
    void oneMoreThanMayBeUnderWayIs503AndAnotherTenantIsServed() {
        fill();
        RawResponse rejected = next().assertProblem(503, "concurrency-limited");
        assertTrue(Integer.parseInt(rejected.one("retry-after")) > 0);
        assertEquals(List.of(), trace(rejected.traceId()).clients());
        assertEquals(200, send(Call.get("/orders/1")).status());
    }

    @Test
    void aRejectedRequestTakesNoRoom() {
        fill();
        for (int i = 0; i < 2 * ROOM; i++) {
            next().assertProblem(503, "concurrency-limited");
        }
        inside.forEach(RawClient::close);
        new Metrics(world.managementPort()).awaitNoneActive();
        assertEquals(200, next().status());
    }

    static Stream<String> endings() {
        return Stream.of(
                "responded",
                "responded over HTTP/2",
                "client gone",
                "client gone over HTTP/2",
                "stream reset",
                "upstream reset",
                "upstream reset in the response",
                "timeout",
                "refused upstream",
                "body too large",
                "body that grows too large");
    }

    /**
     * Each ending occurs more often than there are permits: if one were not released, the last request would be
     * rejected.
     */
    @ParameterizedTest
    @MethodSource("endings")
    void theRoomIsGivenBackHoweverARequestEnds(String ending) {
        for (int i = 0; i <= ROOM; i++) {
            end(ending);
            new Metrics(world.managementPort()).awaitNoneActive();
        }
        assertEquals(200, next().status());
    }

    /** All clients disconnect at once, as the gateway needs time to distinguish a disconnect from a half-close. */
    @Test
    void theRoomIsGivenBackWhenClientsAreGoneInTheResponse() {
        List<Turn> turns = Stream.generate(this::enter).limit(ROOM).toList();
        turns.forEach(turn -> turn.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n"));
        for (RawClient client : inside) {
            client.readHead();
            client.close();
        }
        turns.forEach(Turn::awaitClosed);
        inside.clear();
        new Metrics(world.managementPort()).awaitNoneActive();
        fill();
        next().assertProblem(503, "concurrency-limited");
    }

    private void end(String ending) {
        switch (ending) {
            case "responded" -> assertEquals(200, next().status());
            case "client gone" -> {
                Turn turn = enter();
                inside.remove(inside.size() - 1).abort();
                turn.awaitClosed();
            }
            case "upstream reset" -> {
                String marker = marker();
                RawClient client =
                        connect().send(Call.post("/hand/" + marker, "x").host(NARROW));
                world.hand().take(marker).reset();
                client.read().assertProblem(502, "upstream-reset");
                client.close();
            }
            case "upstream reset in the response" -> {
                enter().send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf").close();
                inside.get(inside.size() - 1).readToEnd();
            }
            case "timeout" -> send(Call.get("/hasty/" + marker()).host(NARROW)).assertProblem(504, "response-timeout");
            case "refused upstream" ->
                send(Call.get("/refused/x").host(NARROW)).assertProblem(502, "upstream-unreachable");
            case "body too large" ->
                send(Call.post("/any/x", "x".repeat(1025)).host(NARROW)).assertRejected(413, "request-too-large");
            case "body that grows too large" ->
                send(Call.of("POST", "/any/x")
                                .host(NARROW)
                                .line("Transfer-Encoding: chunked")
                                .raw("401\r\n" + "x".repeat(1025) + "\r\n"))
                        .assertRejected(413, "request-too-large");
            default -> endOverHttp2(ending);
        }
    }

    private void endOverHttp2(String ending) {
        String marker = marker();
        try (Http2Client client = new Http2Client(port())) {
            int stream = client.open(
                    Http2Client.END_STREAM,
                    ":method GET",
                    ":scheme http",
                    ":authority " + NARROW,
                    ":path /hand/" + marker);
            Turn turn = world.hand().take(marker);
            switch (ending) {
                case "responded over HTTP/2" -> {
                    turn.respond("ok");
                    client.await(stream);
                }
                case "client gone over HTTP/2" -> {
                    client.close();
                    turn.awaitClosed();
                }
                case "stream reset" -> {
                    client.reset(stream);
                    turn.awaitClosed();
                }
                default -> throw new AssertionError(ending);
            }
        }
    }
}
