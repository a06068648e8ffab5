package dev.clew.contract.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.clew.contract.client.Call;
import dev.clew.contract.client.RawClient;
import dev.clew.contract.client.RawResponse;
import dev.clew.contract.server.Turn;
import dev.clew.contract.world.Contract;
import dev.clew.contract.world.Metrics;
import dev.clew.contract.world.NeverBlocked;
import dev.clew.contract.world.StreamFiles;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Requests sent before the response to the previous one (RFC 9112 section 9.3.2): the gateway processes one at a time.
 */
@ExtendWith(NeverBlocked.class)
abstract class PipeliningContract extends Contract {

    private static final int MANY = 2_000;
    private static final int ROUNDS = 20;

    @AfterEach
    void nothingIsLeftActive() {
        new Metrics(world.managementPort()).awaitNoneActive();
    }

    private static String on(Call call) {
        return call.host(StreamFiles.HOST).wire();
    }

    private void fence() {
        for (int i = 0; i < 8; i++) {
            send(Call.get("/orders/fence")).echoed();
        }
    }

    private void assertNeverReached(String marker) {
        fence();
        assertFalse(world.echo().seen().stream().anyMatch(seen -> seen.uri().contains(marker)));
    }

    @Test
    void nextReachesTheUpstreamOnlyWhenItsPredecessorIsServed() {
        String first = marker() + "-first";
        String second = marker() + "-second";
        try (RawClient client = connect()) {
            client.send(on(Call.get("/hand/" + first)) + on(Call.get("/hand/" + second)));
            Turn turn = world.hand().take(first);
            fence();
            assertEquals(0, world.hand().count(second));

            turn.send("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\none").done();
            world.hand().respond(second, "two");
            assertEquals("one", client.read().body());
            assertEquals("two", client.read().body());
        }
    }

    @Test
    void nextWaitsWhileItsPredecessorIsOnlyHalfServed() {
        String first = marker() + "-first";
        String second = marker() + "-second";
        try (RawClient client = connect()) {
            client.send(on(Call.get("/hand/" + first)) + on(Call.get("/hand/" + second)));
            Turn turn = world.hand().take(first);
            turn.send("HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\nhalf");
            assertEquals(103, client.read().status());
            assertEquals(200, client.readHead().status());
            fence();
            assertEquals(0, world.hand().count(second));
            turn.send("rest").done();
            world.hand().take(second).close();
        }
    }

    @Test
    void thousandsBehindOneThatWaitsAreServedInOrder() {
        String held = marker();
        StringBuilder requests = new StringBuilder(on(Call.get("/hand/" + held)));
        for (int i = 0; i < MANY; i++) {
            requests.append(on(Call.get("/any/" + held + '/' + i)));
        }
        try (RawClient client = connect()) {
            client.send(requests.toString());
            Turn turn = world.hand().take(held);
            assertNeverReached(held);
            turn.send("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nheld").done();
            assertEquals("held", client.read().body());
            for (int i = 0; i < MANY; i++) {
                assertEquals("/" + held + '/' + i, client.read().echoed().uri());
            }
        }
    }

    /** The test runs several rounds: a request begun in error is visible only if an upstream connection is ready. */
    @Test
    void nothingIsReadBehindAResponseThatEndsTheConnection() {
        String marker = marker();
        for (int i = 0; i < ROUNDS; i++) {
            try (RawClient client = connect()) {
                client.send(Call.get("/any/x").host("a..b").wire()
                        + Call.get("/any/" + marker).wire());
                client.read().assertRejected(400, "malformed-host");
                assertEquals("", client.readToEnd());
            }
        }
        assertNeverReached(marker);
    }

    @Test
    void nothingIsReadBehindABodyThatNobodyRead() {
        String marker = marker();
        String body = "x".repeat(200_000);
        try (RawClient client = connect()) {
            client.send(Call.post("/refused/x", body).wire()
                    + Call.get("/any/" + marker).wire());
            client.read().assertRejected(502, "upstream-unreachable");
            assertEquals("", client.readToEnd());
        }
        assertNeverReached(marker);
    }

    @ParameterizedTest
    @CsvSource({"complete, false", "complete, true", "half, false", "half, true"})
    void clientThatGoesCancelsWhatIsUnderWayWhateverStandsBehindIt(String next, boolean reset) {
        String first = marker() + "-first";
        String second = marker() + "-second";
        String behind = on(Call.get("/hand/" + second));
        RawClient client = connect();
        client.send(on(Call.get("/hand/" + first))
                + (next.equals("half") ? behind.substring(0, behind.length() / 2) : behind));
        Turn turn = world.hand().take(first);
        if (reset) {
            client.abort();
        } else {
            client.close();
        }
        turn.awaitClosed();
        new Metrics(world.managementPort()).awaitNoneActive();
        assertEquals(0, world.hand().count(second));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Connection: close",
                "Connection: TE, close",
                "Connection: TE,close\r\nTE: trailers",
                "Connection: TE\r\nConnection: close",
                "Connection: keep-alive\r\nConnection: X-A ,\tCLOSE",
                "Connection: close, keep-alive",
            })
    void nothingIsServedBehindARequestThatSaysCloseInAList(String lines) {
        String marker = marker();
        for (String version : List.of("HTTP/1.1", "HTTP/1.0")) {
            try (RawClient client = connect()) {
                client.send(Call.get("/any/last").version(version).line(lines).wire()
                        + Call.get("/any/" + marker).wire());
                RawResponse response = client.read();
                assertEquals("/last", response.echoed().uri());
                assertEquals("", client.readToEnd());
            }
        }
        assertNeverReached(marker);
    }

    /** Only the complete token closes a connection. */
    @Test
    void nextIsServedBehindARequestThatSaysSomethingElse() {
        try (RawClient client = connect()) {
            client.send(Call.get("/any/first")
                            .line("Connection: c, closed, x-close")
                            .wire()
                    + Call.get("/any/second").wire());
            assertEquals("/first", client.read().echoed().uri());
            assertEquals("/second", client.read().echoed().uri());
        }
    }

    @Test
    void clientThatHasEndedItsSideGetsAllItsResponsesAndTheEnd() {
        String held = marker();
        try (RawClient client = connect()) {
            client.send(on(Call.get("/hand/" + held))
                    + Call.post("/any/second", "hello").wire()
                    + Call.get("/nothing").wire());
            client.endInput();
            Turn turn = world.hand().take(held);
            fence();
            turn.send("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nheld").done();
            assertEquals("held", client.readFinal().body());
            assertEquals("hello", client.readFinal().echoed().body());
            client.readFinal().assertProblem(404, "unknown-route");
            assertEquals("", client.readToEnd());
        }
    }

    /** The half-closed connection is probed, and stays open while the client exists. */
    @Test
    void clientThatHasEndedItsSideIsWaitedForAsLongAsItIsThere() {
        String held = marker();
        try (RawClient client = connect()) {
            client.send(on(Call.get("/hand/" + held)));
            client.endInput();
            Turn turn = world.hand().take(held);
            for (int i = 0; i < 3; i++) {
                assertEquals(100, client.read().status());
            }
            turn.send("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nheld").done();
            assertEquals("held", client.readFinal().body());
            assertEquals("", client.readToEnd());
        }
    }

    @Test
    void rejectionReachesAClientThatHasEndedItsSide() {
        try (RawClient client = connect()) {
            client.send("GET /any/x HTTP/1.1\r\nHost : acme.test\r\n\r\n");
            client.endInput();
            client.read().assertRejected(400, "malformed-request");
            assertEquals("", client.readToEnd());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "GET /any/x HT", "POST /any/x HTTP/1.1\r\nHost: acme.test\r\nContent-Length: 5\r\n\r\nhel"})
    void connectionWithoutARequestEndsWithItsClientsSide(String begun) {
        try (RawClient client = connect()) {
            assertEquals(200, client.send(Call.get("/orders/1")).read().status());
            client.send(begun);
            client.endInput();
            assertEquals("", client.readToEnd());
        }
    }
}
