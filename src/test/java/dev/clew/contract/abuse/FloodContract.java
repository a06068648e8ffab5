package dev.clew.contract.abuse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.contract.client.Call;
import dev.clew.contract.client.Http2Client;
import dev.clew.contract.client.Http2Client.Outcome;
import dev.clew.contract.client.RawResponse;
import dev.clew.contract.world.Contract;
import dev.clew.contract.world.Metrics;
import dev.clew.contract.world.NeverBlocked;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** HTTP/2 connections that cause needless work: each is closed, and other clients notice nothing. */
@ExtendWith(NeverBlocked.class)
abstract class FloodContract extends Contract {

    private static final int MAX_STREAMS = 100;
    private static final int REFUSED_STREAM = 7;
    private static final int SMALL_BUFFER = 16 * 1024;
    /** A count far above every bound. */
    private static final int MANY = 5_000;

    @AfterEach
    void othersAreServedAndNothingIsLeftOver() {
        send(Call.get("/whoami").host("preserve.test")).echoed();
        try (Http2Client client = new Http2Client(port())) {
            assertEquals(200, responseOf(client, client.get("/orders/1")).status());
        }
        new Metrics(world.managementPort()).awaitNoneActive();
        world.assertNoEventLoopBlocked();
    }

    private static RawResponse responseOf(Http2Client client, int stream) {
        return assertInstanceOf(Outcome.Responded.class, client.await(stream)).response();
    }

    /** Repeats an action until the gateway ends the connection, which must happen within the given number of times. */
    private void assertEnds(Http2Client client, int most, Runnable once) {
        for (int i = 0; i < most; i++) {
            try {
                once.run();
            } catch (UncheckedIOException ended) {
                return;
            }
        }
        assertInstanceOf(Outcome.Gone.class, client.awaitEnd());
    }

    /** CVE-2023-44487. */
    @Test
    void rapidResets() {
        try (Http2Client client = new Http2Client(port())) {
            assertEnds(client, MANY, () -> client.reset(client.get("/any/never")));
        }
    }

    /** CVE-2025-8671: requests that make the gateway reset their streams. */
    @ParameterizedTest
    @ValueSource(strings = {"window of zero", "window too large", "body behind its end"})
    void resetsThatTheGatewayIsMadeToSend(String means) {
        try (Http2Client client = new Http2Client(port())) {
            assertEnds(client, MANY, () -> {
                int stream = client.get("/any/never");
                switch (means) {
                    case "window of zero" -> client.frame(Http2Client.WINDOW_UPDATE, 0, stream, new byte[4]);
                    case "window too large" ->
                        client.frame(Http2Client.WINDOW_UPDATE, 0, stream, number(Integer.MAX_VALUE));
                    default -> client.data(stream, 0, "x");
                }
            });
        }
    }

    /** CVE-2019-9512: unread responses would queue. */
    @Test
    void pingsWhoseResponsesAreNotRead() {
        try (Http2Client client = new Http2Client(port(), SMALL_BUFFER)) {
            assertEnds(client, 2_000_000, () -> client.frame(Http2Client.PING, 0, 0, new byte[8]));
        }
    }

    /** CVE-2019-9515. */
    @Test
    void settings() {
        try (Http2Client client = new Http2Client(port())) {
            assertEnds(client, MANY, () -> client.frame(Http2Client.SETTINGS, 0, 0, new byte[0]));
        }
    }

    /** CVE-2019-9513. */
    @Test
    void priorities() {
        try (Http2Client client = new Http2Client(port())) {
            assertEnds(client, MANY, () -> client.frame(Http2Client.PRIORITY, 0, 1, new byte[5]));
        }
    }

    @Test
    void framesOfNoKnownType() {
        try (Http2Client client = new Http2Client(port())) {
            assertEnds(client, MANY, () -> client.frame(0x42, 0, 0, new byte[8]));
        }
    }

    /** CVE-2019-9518. */
    @Test
    void emptyPiecesOfABody() {
        try (Http2Client client = new Http2Client(port())) {
            int stream = client.open(0, ":method POST", ":scheme http", ":authority acme.test", ":path /any/x");
            assertEnds(client, MANY, () -> client.data(stream, 0, ""));
        }
    }

    /** CVE-2024-27316; with empty pieces, CVE-2026-33871. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 100, 16_000})
    void piecesOfAHead(int length) {
        try (Http2Client client = new Http2Client(port())) {
            client.frame(Http2Client.HEADERS, Http2Client.END_STREAM, 1, Http2Client.block(":method GET"));
            byte[] piece = length < 3 ? new byte[0] : Http2Client.block("x-a " + "y".repeat(length - 3));
            assertEnds(client, MANY, () -> client.frame(Http2Client.CONTINUATION, 0, 1, piece));
        }
    }

    /** One field in the dynamic table, and a head of references to it: few bytes that decode to many. */
    @Test
    void headThatIsLargeOnceItIsUnpacked() {
        String marker = marker();
        try (Http2Client client = new Http2Client(port())) {
            ByteBuffer head = ByteBuffer.allocate(16_000);
            head.put(Http2Client.block(":method GET", ":scheme http", ":authority acme.test", ":path /any/" + marker));
            byte[] entry = Http2Client.block("x-a " + "y".repeat(3_900));
            entry[0] = 0x40; // literal with incremental indexing (RFC 7541 section 6.2.1)
            head.put(entry);
            while (head.hasRemaining()) {
                head.put((byte) (0x80 + 62)); // the newest entry of the dynamic table
            }
            int flags = Http2Client.END_STREAM | Http2Client.END_HEADERS;
            client.frame(Http2Client.HEADERS, flags, client.nextStream(), head.array());
            responseOf(client, 1).assertProblem(431, "headers-too-large");
            assertEquals(200, responseOf(client, client.get("/orders/1")).status());
        }
        assertNeverReached(marker);
    }

    @Test
    void headThatIsTooLarge() {
        String marker = marker();
        try (Http2Client client = new Http2Client(port())) {
            String large = "y".repeat(11_000);
            client.frame(
                    Http2Client.HEADERS,
                    Http2Client.END_STREAM,
                    client.nextStream(),
                    Http2Client.block(
                            ":method GET",
                            ":scheme http",
                            ":authority acme.test",
                            ":path /any/" + marker,
                            "x-a " + large));
            client.frame(Http2Client.CONTINUATION, 0, 1, Http2Client.block("x-b " + large));
            client.frame(Http2Client.CONTINUATION, Http2Client.END_HEADERS, 1, Http2Client.block("x-c " + large));
            responseOf(client, 1).assertProblem(431, "headers-too-large");
            assertEquals(200, responseOf(client, client.get("/orders/1")).status());
        }
        assertNeverReached(marker);
    }

    /** Fields of few bytes on the wire, each of which would be an object without a limit. */
    @Test
    void headOfCountlessFields() {
        String marker = marker();
        try (Http2Client client = new Http2Client(port())) {
            ByteBuffer head = ByteBuffer.allocate(900);
            head.put(Http2Client.block(":method GET", ":scheme http", ":authority acme.test", ":path /any/" + marker));
            byte[] entry = Http2Client.block("a b");
            entry[0] = 0x40; // literal with incremental indexing (RFC 7541 section 6.2.1)
            head.put(entry);
            while (head.hasRemaining()) {
                head.put((byte) (0x80 + 62)); // the newest entry of the dynamic table
            }
            int flags = Http2Client.END_STREAM | Http2Client.END_HEADERS;
            client.frame(Http2Client.HEADERS, flags, client.nextStream(), head.array());
            responseOf(client, 1).assertProblem(431, "headers-too-large");
            assertEquals(200, responseOf(client, client.get("/orders/1")).status());
        }
        assertNeverReached(marker);
    }

    /** With acknowledged settings, excess streams are rejected at once, not queued, and the connection continues. */
    @Test
    void moreStreamsAtOnceThanAreAllowed() {
        try (Http2Client client = new Http2Client(port())) {
            assertEquals(200, responseOf(client, client.get("/orders/1")).status());
            for (int i = 0; i < MAX_STREAMS; i++) {
                client.get("/any/never");
            }
            assertEquals(
                    REFUSED_STREAM,
                    assertInstanceOf(Outcome.Reset.class, client.await(client.get("/any/x")))
                            .errorCode());
        }
    }

    /** Netty limits only clients that have acknowledged the limit. */
    @Test
    void moreStreamsAtOnceThanWereAcknowledged() {
        try (Http2Client client = new Http2Client(port())) {
            assertEnds(client, MANY, () -> client.get("/any/never"));
        }
    }

    @Test
    void windowOfTheConnectionThatIsTooLarge() {
        try (Http2Client client = new Http2Client(port())) {
            client.frame(Http2Client.WINDOW_UPDATE, 0, 0, number(Integer.MAX_VALUE));
            assertInstanceOf(Outcome.Gone.class, client.awaitEnd());
        }
    }

    @Test
    void frameThatIsTooLarge() {
        try (Http2Client client = new Http2Client(port())) {
            int stream = client.open(0, ":method POST", ":scheme http", ":authority acme.test", ":path /any/x");
            client.frame(Http2Client.DATA, 0, stream, new byte[16_385]);
            assertInstanceOf(Outcome.Gone.class, client.awaitEnd());
        }
    }

    private static byte[] number(int value) {
        return ByteBuffer.allocate(4).putInt(value).array();
    }

    private void assertNeverReached(String marker) {
        send(Call.get("/any/fence")).echoed();
        assertTrue(world.echo().seen().stream().noneMatch(seen -> seen.uri().contains(marker)));
    }
}
