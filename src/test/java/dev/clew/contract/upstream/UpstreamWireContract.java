package dev.clew.contract.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.contract.client.Call;
import dev.clew.contract.client.Http2Client;
import dev.clew.contract.client.RawClient;
import dev.clew.contract.client.RawResponse;
import dev.clew.contract.server.Turn;
import dev.clew.contract.world.Contract;
import dev.clew.contract.world.NeverBlocked;
import dev.clew.contract.world.StreamFiles;
import java.io.IOException;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Unexpected bytes of upstreams beside the response, and the bytes sent to upstreams. */
@ExtendWith(NeverBlocked.class)
abstract class UpstreamWireContract extends Contract {

    private static final int ROUNDS = 20;
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    private static final String FORGED =
            "HTTP/1.1 200 OK\r\nSet-Cookie: sid=attacker\r\nContent-Length: 6\r\n\r\nforged";

    private static Call on(Call call) {
        return call.host(StreamFiles.HOST);
    }

    /**
     * Sends a request whose upstream connection the next one would reuse: a client's requests run on one event loop,
     * which has its own connections.
     */
    private Turn ask(RawClient client, String method) {
        String marker = marker();
        client.send(on(Call.of(method, "/kept/" + marker)));
        return world.hand().take(marker);
    }

    private void assertNextResponseIsItsOwn(RawClient client) {
        String marker = marker();
        client.send(on(Call.get("/kept/" + marker)));
        world.hand().respond(marker, "own");
        RawResponse response = client.read();
        assertEquals("own", response.body());
        assertFalse(response.has("set-cookie"), response::toString);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok'",
        "GET, 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n'",
        "GET, 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n'",
        "HEAD, 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n'",
        "GET, 'HTTP/1.1 204 No Content\r\n\r\n'",
        "GET, 'HTTP/1.1 304 Not Modified\r\nContent-Length: 2\r\n\r\n'",
    })
    void bytesBehindAResponseAreNobodys(String method, String response) {
        for (String rest : new String[] {FORGED, "x", "\r\n"}) {
            try (RawClient client = connect()) {
                Turn turn = ask(client, method);
                turn.send(response + rest);
                RawResponse own = method.equals("HEAD") ? client.readHead() : client.read();
                assertEquals(response.substring(9, 12), Integer.toString(own.status()));
                turn.awaitClosed();
                assertNextResponseIsItsOwn(client);
            }
        }
    }

    @Test
    void bytesOnAConnectionThatNobodyUsesEndIt() {
        try (RawClient client = connect()) {
            Turn turn = ask(client, "GET");
            turn.send(OK);
            assertEquals("ok", client.read().body());
            turn.send(FORGED).awaitClosed();
            assertNextResponseIsItsOwn(client);
        }
    }

    @Test
    void bytesThatCameBeforeARequestWasSentAreNotItsResponse() {
        try (RawClient client = connect()) {
            for (int i = 0; i < ROUNDS; i++) {
                Turn turn = ask(client, "GET");
                turn.send(OK);
                assertEquals("ok", client.read().body());
                turn.send(FORGED).done();
                assertNextResponseIsItsOwn(client);
            }
        }
    }

    @Test
    void postIsSentOverANewConnectionWhenTheKeptOneHasEnded() {
        try (RawClient client = connect()) {
            for (int i = 0; i < ROUNDS; i++) {
                Turn turn = ask(client, "GET");
                turn.send(OK);
                assertEquals("ok", client.read().body());
                turn.close();
                String marker = marker();
                client.send(on(Call.post("/kept/" + marker, "")));
                world.hand().respond(marker, "own");
                assertEquals("own", client.read().body());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nConnection: Upgrade, close\r\nUpgrade: h2,h2c\r\n",
                "HTTP/1.1 200 OK\r\nUpgrade: h2c\r\nConnection: Upgrade\r\nConnection: Close\r\n",
                "HTTP/1.1 200 OK\r\nConnection: keep-alive, close\r\n",
                "HTTP/1.0 200 OK\r\n",
                "HTTP/1.0 200 OK\r\nConnection: x-other\r\n",
            })
    void connectionThatIsToBeClosedIsNotUsedAgain(String head) {
        try (RawClient client = connect()) {
            Turn turn = ask(client, "GET");
            turn.send(head + "Content-Length: 2\r\n\r\nok");
            assertEquals("ok", client.read().body());
            turn.awaitClosed();
            assertNextResponseIsItsOwn(client);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n",
                "HTTP/1.0 200 OK\r\nConnection: x-other, Keep-Alive\r\n",
            })
    void connectionThatIsToBeKeptIsUsedAgain(String head) throws IOException {
        try (RawClient client = connect()) {
            Turn first = ask(client, "GET");
            first.send(head + "Content-Length: 2\r\n\r\nok").done();
            assertEquals("ok", client.read().body());
            Turn second = ask(client, "GET");
            second.send(OK).done();
            assertEquals("ok", client.read().body());
            assertSame(first.in(), second.in());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'Content-Length: 2, 2', ambiguous-length",
        "'Content-Length: 2\r\nContent-Length: 3', ambiguous-length",
        "'Content-Length: 2\r\nTransfer-Encoding: chunked', ambiguous-length",
        "'Transfer-Encoding: gzip', unknown-transfer-coding",
        "'Transfer-Encoding: gzip, chunked', unknown-transfer-coding",
        "'X-Folded: a\r\n Set-Cookie: forged=1\r\nContent-Length: 2', syntax",
    })
    void responseThatCouldBeUnderstoodInTwoWaysIs502AndTheLogSaysWhy(String fields, String reason) {
        try (RawClient client = connect()) {
            Turn turn = ask(client, "GET");
            turn.send("HTTP/1.1 200 OK\r\n" + fields + "\r\n\r\nok");
            assertRejected(client, turn, reason);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1 200 OK\r\n", "HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 103 Early Hints\r\n"})
    void responseOfTooManyFieldsIs502BeforeItsHeadIsWhole(String begin) {
        try (RawClient client = connect()) {
            Turn turn = ask(client, "GET");
            turn.send(begin + "a:\r\n".repeat(101));
            if (begin.contains("103")) {
                assertEquals(103, client.readHead().status());
            }
            assertRejected(client, turn, "too-many-fields");
        }
    }

    private void assertRejected(RawClient client, Turn turn, String reason) {
        RawResponse response = client.read().assertProblem(502, "upstream-invalid-response");
        assertFalse(response.has("set-cookie"), response::toString);
        turn.awaitClosed();
        String log = world.awaitLogged(response.traceId());
        assertTrue(log.contains(reason), log);
    }

    @Test
    void tooManyTrailersEndTheResponseUnfinished() {
        try (RawClient client = connect()) {
            Turn turn = ask(client, "GET");
            turn.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n");
            assertEquals(200, client.readHead().status());
            assertEquals("ok", client.chunk());
            turn.send("0\r\n" + "a:\r\n".repeat(101));
            assertEquals("", client.readToEnd());
            turn.awaitClosed();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "PATCH"})
    void bodyThatCouldBeExpectedIsSaidToBeEmpty(String method) {
        try (RawClient client = connect()) {
            assertSaidToBeEmpty(ask(client, method));
            assertEquals("ok", client.read().body());
        }
    }

    @Test
    void emptyBodyThatTheClientTellsOfIsToldOn() {
        String marker = marker();
        try (RawClient client = connect()) {
            client.send(on(Call.of("DELETE", "/kept/" + marker)).header("Content-Length", "0"));
            assertSaidToBeEmpty(world.hand().take(marker));
            assertEquals("ok", client.read().body());
        }
    }

    @Test
    void postWithoutABodyOverHttp2IsSaidToBeEmpty() {
        String marker = marker();
        try (Http2Client client = new Http2Client(port())) {
            int stream = client.open(
                    Http2Client.END_STREAM,
                    ":method POST",
                    ":scheme http",
                    ":authority " + StreamFiles.HOST,
                    ":path /kept/" + marker);
            assertSaidToBeEmpty(world.hand().take(marker));
            client.await(stream);
        }
    }

    private static void assertSaidToBeEmpty(Turn turn) {
        String head = turn.head().toLowerCase(Locale.ROOT);
        turn.send(OK).done();
        assertEquals(
                1, head.lines().filter(line -> line.equals("content-length: 0")).count(), head);
        assertFalse(head.contains("transfer-encoding"), head);
    }

    @Test
    void getIsSaidToHaveNoBodyByNothing() {
        try (RawClient client = connect()) {
            Turn turn = ask(client, "GET");
            turn.send(OK).done();
            assertFalse(turn.head().toLowerCase(Locale.ROOT).contains("content-length"), turn::head);
            assertEquals("ok", client.read().body());
        }
    }
}
