package dev.clew.contract.streaming;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.contract.client.Call;
import dev.clew.contract.client.Http2Client;
import dev.clew.contract.client.Http2Client.Outcome;
import dev.clew.contract.client.RawClient;
import dev.clew.contract.client.RawResponse;
import dev.clew.contract.server.Turn;
import dev.clew.contract.world.Contract;
import dev.clew.contract.world.NeverBlocked;
import dev.clew.contract.world.StreamFiles;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** {@code Expect: 100-continue} (RFC 9110 section 10.1.1), decided by the upstream. */
@ExtendWith(NeverBlocked.class)
abstract class ContinueContract extends Contract {

    private static final int INTERNAL_ERROR = 2; // RFC 9113 section 7
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

    private static Call expecting(String marker) {
        return Call.of("POST", "/hand/" + marker)
                .host(StreamFiles.HOST)
                .header("Content-Length", "5")
                .header("Expect", "100-continue");
    }

    @Test
    void acceptedByTheUpstreamTheBodyIsAskedForAndPassedOn() {
        String marker = marker();
        try (RawClient client = connect()) {
            client.send(expecting(marker));
            Turn turn = world.hand().take(marker);
            assertTrue(turn.head().toLowerCase(Locale.ROOT).contains("expect: 100-continue"), turn.head());
            turn.send("HTTP/1.1 100 Continue\r\n\r\n");
            assertEquals(100, client.read().status());
            client.send("hello");
            assertEquals("hello", turn.read(5));
            turn.send(OK).done();
            assertEquals(200, client.read().status());
        }
    }

    @Test
    void rejectedByTheUpstreamTheBodyIsNeverAskedFor() {
        String marker = marker();
        try (RawClient client = connect()) {
            client.send(expecting(marker));
            Turn turn = world.hand().take(marker);
            turn.send("HTTP/1.1 417 Expectation Failed\r\nContent-Length: 2\r\n\r\nno");
            RawResponse response = client.read();
            assertEquals(417, response.status());
            assertEquals("no", response.body());
            assertEquals("close", response.one("connection"));
            turn.awaitClosed();
            assertEquals("", client.readToEnd());
        }
    }

    @Test
    void ignoredByTheUpstreamTheBodyIsAskedForAllTheSame() {
        String marker = marker();
        try (RawClient client = connect()) {
            client.send(expecting(marker));
            Turn turn = world.hand().take(marker);
            assertEquals(100, client.read().status());
            client.send("hello");
            assertEquals("hello", turn.read(5));
            turn.send(OK).done();
            assertEquals(200, client.read().status());
        }
    }

    @Test
    void clientThatDoesNotWaitIsServed() {
        String marker = marker();
        try (RawClient client = connect()) {
            client.send(expecting(marker).raw("hello"));
            Turn turn = world.hand().take(marker);
            turn.send("HTTP/1.1 100 Continue\r\n\r\n");
            assertEquals("hello", turn.read(5));
            turn.send(OK).done();
            RawResponse first = client.read();
            assertEquals(200, first.status() == 100 ? client.read().status() : first.status());
        }
    }

    @Test
    void http10ClientIsNeverSentAnInterimResponse() {
        String marker = marker();
        try (RawClient client = connect()) {
            client.send(expecting(marker).version("HTTP/1.0").raw("hello"));
            Turn turn = world.hand().take(marker);
            assertEquals("hello", turn.read(5));
            turn.send("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + OK).done();
            assertEquals(200, client.read().status());
        }
    }

    /** Writing an interim response after a final one fails on HTTP/2, and the request would never end. */
    @Test
    void responseThatStopsBeforeTheBodyWasAskedForIsCutOff() {
        String marker = marker();
        try (Http2Client client = new Http2Client(port())) {
            int stream = client.open(
                    0,
                    ":method POST",
                    ":scheme http",
                    ":authority " + StreamFiles.HOST,
                    ":path /hasty/" + marker,
                    "content-length 5",
                    "expect 100-continue");
            Turn turn = world.hand().take(marker);
            turn.sendHalf();
            assertEquals(new Outcome.Reset(INTERNAL_ERROR), client.await(stream));
            turn.awaitClosed();
        }
    }

    @Test
    void rejectedByTheGatewayTheUpstreamHearsNothing() {
        String marker = marker();
        try (RawClient client = connect()) {
            client.send(Call.of("POST", "/hand/" + marker)
                    .host(StreamFiles.LIMITED_HOST)
                    .header("Content-Length", Integer.toString(StreamFiles.LIMIT + 1))
                    .header("Expect", "100-continue"));
            client.read().assertRejected(413, "request-too-large");
            assertEquals("", client.readToEnd());
        }
        assertEquals(0, world.hand().count(marker));
    }
}
