package dev.clew.contract.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.contract.client.Call;
import dev.clew.contract.client.RawClient;
import dev.clew.contract.client.RawResponse;
import dev.clew.contract.server.Turn;
import dev.clew.contract.world.FleetFiles;
import dev.clew.contract.world.Trace;
import dev.clew.testing.Await;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Retried requests, and requests that must not be retried, with an upstream controlled by the test. */
abstract class RetryContract extends FleetContract {

    private static final String UNAVAILABLE = "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n";

    private static Call put(String path, String body) {
        return new Call("PUT", path, "HTTP/1.1", List.of("Host: fleet.test"), "")
                .header("Content-Length", Integer.toString(body.length()))
                .raw(body);
    }

    private Turn reject(String marker) {
        Turn turn = world.hand().take(marker);
        turn.send(UNAVAILABLE).done();
        return turn;
    }

    @Test
    void resetIsRetriedEachAttemptWithASpanOfItsOwn() {
        String marker = marker();
        try (RawClient client = connect()) {
            client.send(get("/resets/" + marker));
            world.hand().take(marker).close();
            world.hand().take(marker).reset();
            Turn last = world.hand().respond(marker, "third");
            RawResponse response = client.read();
            assertEquals("third", response.body());

            Trace trace = trace(response.traceId());
            assertEquals(3, trace.clients().size());
            assertEquals("upstream-reset", trace.clients().get(0).attribute("error.type"));
            assertEquals("2", trace.clients().get(2).attribute("http.request.resend_count"));
            assertEquals(last.parentSpanId(), Trace.spanId(trace.clients().get(2)));
        }
    }

    @Test
    void postIsNotRetriedAfterAReset() {
        String marker = marker();
        try (RawClient client = connect()) {
            client.send(Call.post("/resets/" + marker, "").host(FleetFiles.HOST));
            world.hand().take(marker).close();
            client.read().assertProblem(502, "upstream-reset");
        }
        assertEquals(1, world.hand().count(marker));
    }

    @Test
    void nothingIsRetriedOnceTheResponseHasBegun() {
        String marker = marker();
        try (RawClient client = connect()) {
            client.send(get("/resets/" + marker));
            world.hand().take(marker).sendHalf().close();
            assertEquals(200, client.readHead().status());
            client.readToEnd();
        }
        assertEquals(1, world.hand().count(marker));
    }

    @Test
    void attemptThatTakesTooLongIsRetried() {
        String marker = marker();
        try (RawClient client = connect()) {
            client.send(get("/slow/" + marker));
            Turn hanging = world.hand().take(marker);
            world.hand().respond(marker, "second");
            assertEquals("second", client.read().body());
            hanging.awaitClosed();
        }
    }

    @Test
    void requestThatTakesTooLongInAllIs504() {
        String marker = marker();
        try (RawClient client = connect()) {
            client.send(get("/bounded/" + marker));
            Turn turn = world.hand().take(marker);
            client.read().assertProblem(504, "response-timeout");
            turn.awaitClosed();
        }
    }

    @Test
    void responseThatDoesNotEndInTimeIsCutOff() {
        String marker = marker();
        try (RawClient client = connect()) {
            client.send(get("/bounded/" + marker));
            Turn turn = world.hand().take(marker);
            turn.sendHalf();
            assertEquals(200, client.readHead().status());
            assertEquals("half", client.readToEnd());
            turn.awaitClosed();
        }
    }

    @Test
    void tooManyRequestsIsRetriedWhereTheTenantSaysSo() {
        String marker = marker();
        try (RawClient client = connect()) {
            client.send(get("/busy/" + marker));
            world.hand()
                    .take(marker)
                    .send("HTTP/1.1 429 Too Many Requests\r\nContent-Length: 0\r\n\r\n")
                    .done();
            world.hand().respond(marker, "second");
            assertEquals("second", client.read().body());
        }
    }

    @Test
    void bodyWithinTheBoundIsSentAgainWhole() {
        String marker = marker();
        try (RawClient client = connect()) {
            client.send(put("/buffered/" + marker, "0123456789"));
            Turn first = world.hand().take(marker);
            assertEquals("0123456789", first.read(10));
            first.send(UNAVAILABLE).done();
            Turn second = world.hand().take(marker);
            assertEquals("0123456789", second.read(10));
            second.respond("ok");
            assertEquals("ok", client.read().body());
        }
    }

    @Test
    void bodyUnderWayIsSentAgainFromItsBeginning() {
        String marker = marker();
        try (RawClient client = connect()) {
            client.send(put("/buffered/" + marker, "0123456789").raw("01234"));
            Turn first = world.hand().take(marker);
            assertEquals("01234", first.read(5));
            first.close();
            Turn second = world.hand().take(marker);
            assertEquals("01234", second.read(5));
            client.send("56789");
            assertEquals("56789", second.read(5));
            second.respond("ok");
            assertEquals("ok", client.read().body());
        }
    }

    @Test
    void chunkedBodyBeyondTheBoundIsNotSentAgain() {
        String marker = marker();
        String chunk = "400\r\n" + "x".repeat(1024) + "\r\n";
        try (RawClient client = connect()) {
            Call call = new Call("PUT", "/buffered/" + marker, "HTTP/1.1", List.of("Host: fleet.test"), "");
            client.send(call.header("Transfer-Encoding", "chunked").raw(chunk + chunk + "0\r\n\r\n"));
            Turn turn = world.hand().take(marker);
            assertEquals(chunk, turn.read(chunk.length()));
            turn.read(chunk.length() + 5);
            turn.send(UNAVAILABLE).done();
            assertEquals(503, client.read().status());
        }
        assertEquals(1, world.hand().count(marker));
    }

    @Test
    void methodThatTheTenantDeclaresIsRetried() {
        String marker = marker();
        try (RawClient client = connect()) {
            client.send(Call.post("/declared/" + marker, "body").host(FleetFiles.HOST));
            Turn first = world.hand().take(marker);
            assertEquals("body", first.read(4));
            first.send(UNAVAILABLE).done();
            Turn second = world.hand().take(marker);
            assertEquals("body", second.read(4));
            second.respond("ok");
            assertEquals("ok", client.read().body());
        }
    }

    @Test
    void retriesBeyondTheBudgetAreNotMade() {
        String first = marker();
        String second = marker();
        try (RawClient one = connect();
                RawClient other = connect()) {
            one.send(get("/budgeted/" + first));
            reject(first);
            Turn retry = world.hand().take(first);
            other.send(get("/budgeted/" + second));
            reject(second);

            assertEquals(503, other.read().status());
            assertEquals(1, world.hand().count(second));
            assertEquals(1, metric("clew_upstream_retries_refused_total", "budgeted"));
            assertEquals(1, metric("clew_upstream_retries_active", "budgeted"));
            retry.respond("ok");
            assertEquals("ok", one.read().body());
            Await.until("end of the retry", () -> metric("clew_upstream_retries_active", "budgeted") == 0);
        }
    }

    @Test
    void clientThatLeavesEndsWhatWasBegunForIt() {
        String marker = marker();
        try (RawClient client = connect()) {
            client.send(get("/busy/" + marker));
            reject(marker);
            Turn second = world.hand().take(marker);
            client.close();
            second.awaitClosed();
        }
        Await.until("no request at the upstream", () -> metric("clew_upstream_requests_active", "busy") == 0);
        assertTrue(world.hand().count(marker) == 2);
    }
}
