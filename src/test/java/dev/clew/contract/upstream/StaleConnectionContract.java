package dev.clew.contract.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.clew.contract.client.Call;
import dev.clew.contract.client.RawClient;
import dev.clew.contract.client.RawResponse;
import dev.clew.contract.server.Turn;
import dev.clew.contract.world.Contract;
import dev.clew.contract.world.NeverBlocked;
import dev.clew.contract.world.StreamFiles;
import dev.clew.contract.world.Trace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Pooled connections that the upstream closes just as they are reused (RFC 9112 section 9.3.1). */
@ExtendWith(NeverBlocked.class)
abstract class StaleConnectionContract extends Contract {

    /**
     * Opens the upstream connection that the next request uses: a client's requests run on one event loop, which has
     * its own connections.
     */
    private void openConnection(RawClient client) {
        String marker = marker();
        client.send(Call.get("/stale/" + marker).host(StreamFiles.HOST));
        world.hand().respond(marker, "kept");
        assertEquals("kept", client.read().body());
    }

    @Test
    void getIsRepeatedOnANewConnection() {
        String marker = marker();
        try (RawClient client = connect()) {
            openConnection(client);
            client.send(Call.get("/stale/" + marker).host(StreamFiles.HOST));
            world.hand().take(marker).close();
            Turn second = world.hand().respond(marker, "second try");
            RawResponse response = client.read();
            assertEquals("second try", response.body());

            Trace trace = trace(response.traceId());
            assertEquals(2, trace.clients().size());
            assertEquals("upstream-reset", trace.clients().get(0).attribute("error.type"));
            assertEquals("1", trace.clients().get(1).attribute("http.request.resend_count"));
            assertEquals(second.parentSpanId(), Trace.spanId(trace.clients().get(1)));
        }
    }

    @Test
    void getIsRepeatedOnlyOnce() {
        String marker = marker();
        try (RawClient client = connect()) {
            openConnection(client);
            client.send(Call.get("/stale/" + marker).host(StreamFiles.HOST));
            world.hand().take(marker).close();
            world.hand().take(marker).close();
            client.read().assertProblem(502, "upstream-reset");
        }
        assertEquals(2, world.hand().count(marker));
    }

    @Test
    void postIsNotRepeated() {
        String marker = marker();
        try (RawClient client = connect()) {
            openConnection(client);
            client.send(Call.post("/stale/" + marker, "").host(StreamFiles.HOST));
            world.hand().take(marker).close();
            client.read().assertProblem(502, "upstream-reset");
        }
        assertEquals(1, world.hand().count(marker));
    }

    @Test
    void requestWithABodyIsNotRepeated() {
        String marker = marker();
        try (RawClient client = connect()) {
            openConnection(client);
            Call put = new Call("PUT", "/stale/" + marker, "HTTP/1.1", java.util.List.of("Host: stream.test"), "");
            client.send(put.header("Content-Length", "4").raw("body"));
            world.hand().take(marker).close();
            client.read().assertProblem(502, "upstream-reset");
        }
        assertEquals(1, world.hand().count(marker));
    }

    @Test
    void connectionClosedWhileIdleIsNotUsedAgain() {
        String marker = marker();
        try (RawClient client = connect()) {
            client.send(Call.get("/stale/" + marker).host(StreamFiles.HOST));
            Turn turn = world.hand().take(marker);
            turn.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok").close();
            assertEquals("ok", client.read().body());
            openConnection(client);
        }
    }
}
