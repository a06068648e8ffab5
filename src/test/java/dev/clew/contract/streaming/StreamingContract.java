package dev.clew.contract.streaming;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.contract.client.Call;
import dev.clew.contract.client.Pump;
import dev.clew.contract.client.RawClient;
import dev.clew.contract.client.RawResponse;
import dev.clew.contract.server.Turn;
import dev.clew.contract.world.Contract;
import dev.clew.contract.world.NeverBlocked;
import dev.clew.contract.world.StreamFiles;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Bodies stream in both directions, and the gateway holds only the part in flight. Requests that pass meanwhile, not a
 * clock, show that a writer is blocked.
 */
@ExtendWith(NeverBlocked.class)
abstract class StreamingContract extends Contract {

    /** A bound far above the part of an unread body that both kernels' buffers and the gateway hold. */
    private static final long IN_FLIGHT = 32 << 20;

    private static final int SMALL_BUFFER = 64 * 1024;
    private static final int EVENTS = 5;

    /** Bytes of a large body: more than {@link #IN_FLIGHT}. */
    abstract long large();

    private static Call on(Call call) {
        return call.host(StreamFiles.HOST);
    }

    private void otherRequests() {
        for (int i = 0; i < 50; i++) {
            send(on(Call.get("/any/fence"))).echoed();
        }
    }

    @Test
    void slowReaderHoldsBackTheUpstreamAndThenGetsEveryByte() throws IOException {
        String marker = marker();
        try (RawClient client = new RawClient(STRANGER, port(), SMALL_BUFFER)) {
            client.send(on(Call.get("/hand/" + marker)));
            Turn turn = world.hand().take(marker);
            turn.send("HTTP/1.1 200 OK\r\nContent-Length: " + large() + "\r\n\r\n");
            Pump upstream = Pump.write(turn.out(), large());

            RawResponse head = client.readHead();
            assertEquals(Long.toString(large()), head.one("content-length"));
            long written = upstream.awaitStuck(this::otherRequests);
            assertTrue(written < IN_FLIGHT, () -> "the upstream could write " + written + " bytes without a reader");

            Pump reader = Pump.read(client.in(), large());
            reader.awaitFinished();
            upstream.awaitFinished();
            turn.done();
        }
    }

    @Test
    void slowUpstreamHoldsBackTheClientAndThenGetsEveryByte() throws IOException {
        String marker = marker();
        try (RawClient client = connect()) {
            client.send(on(Call.of("POST", "/hand/" + marker)).header("Content-Length", Long.toString(large())));
            Pump writer = Pump.write(client.out(), large());
            Turn turn = world.hand().take(marker);
            assertTrue(turn.head().toLowerCase(java.util.Locale.ROOT).contains("content-length: " + large()));

            long written = writer.awaitStuck(this::otherRequests);
            assertTrue(written < IN_FLIGHT, () -> "the client could write " + written + " bytes without a reader");

            Pump upstream = Pump.read(turn.in(), large());
            upstream.awaitFinished();
            writer.awaitFinished();
            turn.send("HTTP/1.1 204 No Content\r\n\r\n").done();
            assertEquals(204, client.read().status());
        }
    }

    @Test
    void bodiesOfUnknownLengthStreamInBothDirectionsAtOnce() throws IOException {
        long length = IN_FLIGHT / 4;
        String marker = marker();
        try (RawClient client = connect()) {
            client.send(on(Call.of("POST", "/hand/" + marker)).line("Transfer-Encoding: chunked"));
            Turn turn = world.hand().take(marker);
            turn.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
            assertEquals("chunked", client.readHead().one("transfer-encoding"));

            ChunkedOutput up = new ChunkedOutput(client.out());
            ChunkedOutput down = new ChunkedOutput(turn.out());
            ChunkedInput arrivingUp = new ChunkedInput(turn.in());
            ChunkedInput arrivingDown = new ChunkedInput(client.in());
            Pump sentUp = Pump.write(up, length);
            Pump sentDown = Pump.write(down, length);
            Pump gotUp = Pump.read(arrivingUp, length);
            Pump gotDown = Pump.read(arrivingDown, length);
            sentUp.awaitFinished();
            sentDown.awaitFinished();
            gotUp.awaitFinished();
            gotDown.awaitFinished();
            up.close();
            assertEquals(-1, arrivingUp.read());
            down.close();
            assertEquals(-1, arrivingDown.read());
            turn.done();
        }
    }

    @Test
    void eachEventArrivesBeforeTheNextIsSent() {
        String marker = marker();
        try (RawClient client = connect()) {
            client.send(on(Call.get("/hand/" + marker)).header("Accept", "text/event-stream"));
            Turn turn = world.hand().take(marker);
            turn.send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");
            RawResponse head = client.readHead();
            assertEquals("text/event-stream", head.one("content-type"));
            for (int i = 0; i < EVENTS; i++) {
                String event = "data: " + i + "\n\n";
                turn.send(Integer.toHexString(event.length()) + "\r\n" + event + "\r\n");
                assertEquals(event, client.chunk());
            }
            turn.send("0\r\n\r\n").done();
            assertEquals("", client.chunk());
        }
    }

    @Test
    void headOfAResponseWithKnownLengthArrivesBeforeItsBodyIsSent() {
        String marker = marker();
        try (RawClient client = connect()) {
            client.send(on(Call.get("/hand/" + marker)));
            Turn turn = world.hand().take(marker);
            turn.send("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n");
            assertEquals("4", client.readHead().one("content-length"));
            turn.send("late").done();
            assertEquals("late", read(client, 4));
        }
    }

    @Test
    void eachPieceOfAnUploadArrivesBeforeTheNextIsSent() throws IOException {
        String marker = marker();
        try (RawClient client = connect()) {
            client.send(on(Call.of("PUT", "/hand/" + marker)).line("Transfer-Encoding: chunked"));
            Turn turn = world.hand().take(marker);
            ChunkedOutput up = new ChunkedOutput(client.out());
            ChunkedInput arriving = new ChunkedInput(turn.in());
            for (int i = 0; i < EVENTS; i++) {
                up.write(new byte[] {(byte) i}, 0, 1);
                assertEquals(i, arriving.read());
            }
            up.close();
            assertEquals(-1, arriving.read());
            turn.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n").done();
            assertEquals(200, client.read().status());
        }
    }

    @Test
    void upstreamThatDelimitsItsResponseByClosingStreamsToTheEnd() {
        String marker = marker();
        try (RawClient client = connect()) {
            client.send(on(Call.get("/hand/" + marker)));
            Turn turn = world.hand().take(marker);
            turn.send("HTTP/1.1 200 OK\r\n\r\nuntil the end").close();
            assertEquals("until the end", client.read().body());
            client.send(on(Call.get("/any/next")));
            assertEquals("/next", client.read().echoed().uri());
        }
    }

    @Test
    void http10ClientGetsABodyOfUnknownLengthUntilTheConnectionEnds() {
        String marker = marker();
        try (RawClient client = connect()) {
            client.send(on(Call.get("/hand/" + marker)).version("HTTP/1.0"));
            Turn turn = world.hand().take(marker);
            turn.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\none\r\n3\r\ntwo\r\n0\r\n\r\n")
                    .done();
            RawResponse response = client.read();
            assertFalse(response.has("transfer-encoding"), response::toString);
            assertEquals("onetwo", response.body());
        }
    }

    @Test
    void responseSentBeforeTheBodyWasReadReachesTheClient() {
        String marker = marker();
        try (RawClient client = connect()) {
            client.send(on(Call.of("POST", "/hand/" + marker)).header("Content-Length", "100000"));
            Turn turn = world.hand().take(marker);
            turn.send("HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\nno");
            RawResponse response = client.read();
            assertEquals(403, response.status());
            assertEquals("no", response.body());
            assertEquals("close", response.one("connection"));
            turn.awaitClosed();
            assertEquals("", client.readToEnd());
        }
    }

    private static String read(RawClient client, int length) {
        try {
            return new String(client.in().readNBytes(length), java.nio.charset.StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
