package dev.clew.contract.abuse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.contract.client.Call;
import dev.clew.contract.client.Http2Client;
import dev.clew.contract.client.Http2Client.Outcome;
import dev.clew.contract.client.RawClient;
import dev.clew.contract.server.Turn;
import dev.clew.contract.world.Contract;
import dev.clew.contract.world.NeverBlocked;
import dev.clew.contract.world.StreamFiles;
import dev.clew.testing.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Clients that never fall silent and never finish: each is ended in time, while others are served. */
@ExtendWith(NeverBlocked.class)
abstract class SlowClientContract extends Contract {

    private static final String POST = ":method POST";

    /** The beginning of a request, and the characters that follow it endlessly, one at a time. */
    private static final List<String> HEADS = List.of(
            "GET /any/MARKER|x",
            "GET /any/MARKER HTTP/1.1\r\nHost: acme.test\r\nX-A: |y",
            "GET /any/MARKER HTTP/1.1\r\nHost: acme.test\r\n|X-A: bbbbbbbbbbbbbbbbbbbbbbbb\r\n");

    /** A client that sends one of {@link #HEADS}. */
    private record Drip(RawClient client, String head, String characters, AtomicInteger sent) {

        static Drip begin(RawClient client, String row) {
            String[] parts = row.split("\\|", -1);
            return new Drip(client.send(parts[0]), row, parts[1], new AtomicInteger());
        }

        boolean isServed() {
            try {
                return client.in().available() > 0;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        void goOn() {
            if (!isServed()) {
                int at = sent.getAndIncrement() % characters.length();
                client.send(characters.substring(at, at + 1));
            }
        }

        void assertRejected() {
            try (client) {
                client.read().assertRejected(408, "request-timeout");
                assertEquals("", client.readToEnd(), head);
            }
        }
    }

    @Test
    void headThatNeverEndsIs408() {
        String marker = marker();
        List<Drip> drips = HEADS.stream()
                .map(row -> Drip.begin(connect(), row.replace("MARKER", marker)))
                .toList();
        Await.until("response to each of " + drips, () -> {
            send(Call.get("/orders/1")).echoed();
            drips.forEach(Drip::goOn);
            return drips.stream().allMatch(Drip::isServed);
        });
        drips.forEach(Drip::assertRejected);
        assertTrue(world.echo().seen().stream().noneMatch(seen -> seen.uri().contains(marker)));
    }

    /** The slow head follows a served request. */
    @Test
    void connectionThatWasUsedIsBoundedToo() {
        try (RawClient client = connect()) {
            assertEquals(200, client.send(Call.get("/orders/1")).read().status());
            client.send("GET /any/x HTTP/1.1\r\n");
            client.read().assertRejected(408, "request-timeout");
            assertEquals("", client.readToEnd());
        }
    }

    @Test
    void connectionThatDoesNotSayWhatItSpeaksIsEnded() {
        try (RawClient client = connect()) {
            client.send("PRI * HTT");
            assertEquals("", client.readToEnd());
        }
    }

    @Test
    void http2HeadThatNeverEndsEndsItsConnection() {
        try (Http2Client client = new Http2Client(port())) {
            client.frame(Http2Client.HEADERS, Http2Client.END_STREAM, 1, Http2Client.block(":method GET"));
            assertInstanceOf(Outcome.Gone.class, client.awaitEnd());
        }
    }

    /** The client sends only the beginning of a handshake record. */
    @Test
    void handshakeThatNeverEndsEndsItsConnection() {
        try (RawClient client = new RawClient(STRANGER, world.tlsPort())) {
            client.send(new byte[] {22, 3, 1, 0, (byte) 0xf0, 1});
            client.readToEnd();
        }
        send(Call.get("/orders/1")).echoed();
    }

    @Test
    void http2BodyThatStopsIs408AndTheConnectionGoesOn() {
        String marker = marker();
        try (Http2Client client = new Http2Client(port())) {
            int stream =
                    client.open(0, POST, ":scheme http", ":authority " + StreamFiles.HOST, ":path /hasty/" + marker);
            client.data(stream, 0, "half");
            Turn turn = world.hand().take(marker);
            assertInstanceOf(Outcome.Responded.class, client.await(stream))
                    .response()
                    .assertProblem(408, "request-timeout");
            turn.awaitClosed();
            Outcome next = client.await(client.get("/orders/1"));
            assertEquals(
                    200,
                    assertInstanceOf(Outcome.Responded.class, next).response().status());
        }
    }
}
