package dev.clew.contract.streaming;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.clew.contract.client.Call;
import dev.clew.contract.client.Http2Client;
import dev.clew.contract.client.Http2Client.Outcome;
import dev.clew.contract.client.RawClient;
import dev.clew.contract.client.RawResponse;
import dev.clew.contract.server.Turn;
import dev.clew.contract.world.Contract;
import dev.clew.contract.world.NeverBlocked;
import dev.clew.contract.world.StreamFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Long responses: server-sent events and long polling. {@link StreamingContract} covers events over HTTP/1.1. */
@ExtendWith(NeverBlocked.class)
abstract class EventStreamContract extends Contract {

    private static final int EVENTS = 5;
    private static final String STREAM =
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";

    private static int open(Http2Client client, String path) {
        return client.open(
                Http2Client.END_STREAM,
                ":method GET",
                ":scheme http",
                ":authority " + StreamFiles.HOST,
                ":path " + path,
                "accept text/event-stream");
    }

    private static String chunk(String event) {
        return Integer.toHexString(event.length()) + "\r\n" + event + "\r\n";
    }

    /** Waits until a request to an upstream with a short timeout has timed out. */
    private void longerThanHastyUpstreamsMay() {
        send(Call.get("/quick/never")).assertProblem(504, "response-timeout");
    }

    @Test
    void eachEventArrivesOverHttp2BeforeTheNextIsSent() {
        String marker = marker();
        try (Http2Client client = new Http2Client(port())) {
            int stream = open(client, "/hand/" + marker);
            Turn turn = world.hand().take(marker).send(STREAM);
            for (int i = 0; i < EVENTS; i++) {
                String event = "data: " + i + "\n\n";
                turn.send(chunk(event));
                assertEquals(event, client.awaitData());
            }
            turn.send("0\r\n\r\n").done();
            assertInstanceOf(Outcome.Responded.class, client.await(stream));
        }
    }

    @Test
    void silentStreamLastsWithinItsIdleTime() {
        String marker = marker();
        try (RawClient client = connect()) {
            client.send(Call.get("/hand/" + marker).host(StreamFiles.HOST));
            Turn turn = world.hand().take(marker).send(STREAM);
            assertEquals("text/event-stream", client.readHead().one("content-type"));
            longerThanHastyUpstreamsMay();
            turn.send(chunk("data: late\n\n"));
            assertEquals("data: late\n\n", client.chunk());
            turn.send("0\r\n\r\n").done();
            assertEquals("", client.chunk());
        }
    }

    @Test
    void silentStreamEndsAfterItsIdleTimeAndSaysSo() {
        String marker = marker();
        try (RawClient client = connect()) {
            client.send(Call.get("/hasty/" + marker).host(StreamFiles.HOST));
            Turn turn = world.hand().take(marker).send(STREAM + chunk("data: only\n\n"));
            RawResponse head = client.readHead();
            assertEquals("data: only\n\n", client.chunk());
            assertEquals("", client.readToEnd());
            turn.awaitClosed();
            assertEquals("idle-timeout", trace(head.traceId()).server().attribute("error.type"));
        }
    }

    @Test
    void longPollIsServedWhenThereIsSomethingToSay() {
        String next = marker();
        try (RawClient client = connect()) {
            client.send(Call.get("/hand/" + next).host(StreamFiles.HOST));
            Turn turn = world.hand().take(next);
            longerThanHastyUpstreamsMay();
            turn.send("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nnews").done();
            assertEquals("news", client.read().body());
        }
    }
}
