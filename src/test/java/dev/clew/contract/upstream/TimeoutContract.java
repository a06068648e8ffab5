package dev.clew.contract.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.contract.client.Call;
import dev.clew.contract.client.Pump;
import dev.clew.contract.client.RawClient;
import dev.clew.contract.client.RawResponse;
import dev.clew.contract.server.Turn;
import dev.clew.contract.world.Contract;
import dev.clew.contract.world.Metrics;
import dev.clew.contract.world.NeverBlocked;
import dev.clew.contract.world.StreamFiles;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Late, broken or unreachable upstreams, and clients that stop midway. */
@ExtendWith(NeverBlocked.class)
abstract class TimeoutContract extends Contract {

    private static Call on(Call call) {
        return call.host(StreamFiles.HOST);
    }

    private void assertServesNext(RawClient client) {
        client.send(on(Call.get("/any/next")));
        assertEquals("/next", client.read().echoed().uri());
    }

    @Test
    void upstreamThatCannotBeConnectedToInTimeIs504() {
        try (RawClient client = connect()) {
            client.send(on(Call.get("/full/x")));
            client.read().assertProblem(504, "connect-timeout");
            assertServesNext(client);
        }
    }

    @Test
    void upstreamThatDoesNotRespondInTimeIs504AndItsRequestEnds() {
        String marker = marker();
        try (RawClient client = connect()) {
            client.send(on(Call.get("/hasty/" + marker)));
            Turn turn = world.hand().take(marker);
            client.read().assertProblem(504, "response-timeout");
            turn.awaitClosed();
            assertServesNext(client);
        }
    }

    @Test
    void upstreamThatStopsInTheMiddleOfItsResponseIsCutOffAndSoIsTheClient() {
        String marker = marker();
        try (RawClient client = connect()) {
            client.send(on(Call.get("/hasty/" + marker)));
            Turn turn = world.hand().take(marker);
            turn.sendHalf();
            assertEquals(200, client.readHead().status());
            assertEquals("half", client.readToEnd());
            turn.awaitClosed();
        }
    }

    @Test
    void chunkedResponseThatStopsIsNeverEndedAsIfItWereWhole() {
        String marker = marker();
        try (RawClient client = connect()) {
            client.send(on(Call.get("/hand/" + marker)));
            Turn turn = world.hand().take(marker);
            turn.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n");
            assertEquals(200, client.readHead().status());
            assertEquals("half", client.chunk());
            turn.close();
            assertEquals("", client.readToEnd());
        }
    }

    @Test
    void clientThatStopsSendingItsBodyGets408AndTheUpstreamRequestEnds() {
        String marker = marker();
        try (RawClient client = connect()) {
            client.send(on(Call.of("POST", "/hasty/" + marker))
                    .header("Content-Length", "10")
                    .raw("half"));
            Turn turn = world.hand().take(marker);
            client.read().assertRejected(408, "request-timeout");
            turn.awaitClosed();
            assertEquals("", client.readToEnd());
        }
    }

    @Test
    void upstreamThatStopsReadingTheRequestIs504() throws IOException {
        String marker = marker();
        long length = 64L << 20;
        try (RawClient client = connect()) {
            client.send(on(Call.of("POST", "/hasty/" + marker)).header("Content-Length", Long.toString(length)));
            Pump.write(client.out(), length);
            client.read().assertProblem(504, "idle-timeout");
        }
        world.hand().take(marker).awaitClosed();
    }

    @Test
    void clientThatStopsReadingIsCutOffAndSoIsTheUpstream() throws IOException {
        String marker = marker();
        long length = 64L << 20;
        try (RawClient client = new RawClient(STRANGER, port(), 64 * 1024)) {
            client.send(on(Call.get("/hasty/" + marker)));
            Turn turn = world.hand().take(marker);
            turn.send("HTTP/1.1 200 OK\r\nContent-Length: " + length + "\r\n\r\n");
            String traceId = client.readHead().traceId();
            Pump.write(turn.out(), length);
            // The client reads nothing until then.
            assertEquals("client-stalled", world.awaitAccessLogLine(traceId).getString("error"));
            turn.awaitClosed();
            new Metrics(world.managementPort()).awaitNoneActive();
            assertTrue(client.readToEnd().length() < length);
        }
    }

    @Test
    void fullPoolMakesTheNextWaitAndRejectsTheOneAfterWith503() {
        String inside = marker();
        String waiting = marker();
        try (RawClient first = connect();
                RawClient second = connect();
                RawClient third = connect()) {
            first.send(on(Call.get("/one/" + inside)));
            Turn turn = world.hand().take(inside);
            second.send(on(Call.get("/one/" + waiting)));
            third.send(on(Call.get("/one/" + waiting)));
            assertBusy(second.read());
            assertBusy(third.read());
            assertEquals(0, world.hand().count(waiting));
            turn.respond("ok");
            assertEquals("ok", first.read().body());

            String next = marker();
            second.send(on(Call.get("/one/" + next)));
            world.hand().respond(next, "served");
            assertEquals("served", second.read().body());
        }
    }

    private static void assertBusy(RawResponse response) {
        response.assertProblem(503, "upstream-busy");
        assertTrue(Integer.parseInt(response.one("retry-after")) > 0, response::toString);
    }

    @Test
    void requestThatWaitsIsServedAsSoonAsThereIsRoom() {
        String inside = marker();
        String waiting = marker();
        try (RawClient first = connect();
                RawClient second = connect()) {
            first.send(on(Call.get("/patient/" + inside)));
            Turn turn = world.hand().take(inside);
            second.send(on(Call.get("/patient/" + waiting)));
            turn.respond("ok");
            world.hand().respond(waiting, "waited");
            assertEquals("ok", first.read().body());
            assertEquals("waited", second.read().body());
        }
    }

    @Test
    void upstreamThatRefusesIs502() {
        send(Call.get("/refused/x")).assertProblem(502, "upstream-unreachable");
    }

    @Test
    void upstreamThatResetsBeforeItRespondsIs502() {
        String marker = marker();
        try (RawClient client = connect()) {
            client.send(on(Call.post("/hand/" + marker, "body")));
            world.hand().take(marker).reset();
            client.read().assertProblem(502, "upstream-reset");
            assertServesNext(client);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "garbage\r\n\r\n",
                "HTTP/1.1 abc\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
                "HTTP/1.1 200 OK\r\nX-A\u0000: b\r\n\r\n",
                "\u0016\u0003\u0001\u0002~binary\r\n\r\n"
            })
    void upstreamThatRespondsWithGarbageIs502(String garbage) {
        String encoded = URLEncoder.encode(garbage, StandardCharsets.ISO_8859_1);
        try (RawClient client = connect()) {
            client.send(Call.get("/wire/close?answer=" + encoded));
            RawResponse response = client.read();
            response.assertProblem(502, "upstream-invalid-response");
            assertServesNext(client);
        }
    }

    @Test
    void brokenChunkInTheMiddleOfAResponseCutsTheClientOff() {
        String marker = marker();
        try (RawClient client = connect()) {
            client.send(on(Call.get("/hand/" + marker)));
            Turn turn = world.hand().take(marker);
            turn.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n");
            assertEquals(200, client.readHead().status());
            assertEquals("half", client.chunk());
            turn.send("zz\r\n");
            assertEquals("", client.readToEnd());
            turn.awaitClosed();
        }
    }
}
