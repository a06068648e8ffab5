package dev.clew.contract.abuse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.clew.contract.client.Call;
import dev.clew.contract.client.Http2Client;
import dev.clew.contract.client.Http2Client.Outcome;
import dev.clew.contract.client.RawClient;
import dev.clew.contract.client.RawResponse;
import dev.clew.contract.server.Turn;
import dev.clew.contract.world.Contract;
import dev.clew.contract.world.Metrics;
import dev.clew.contract.world.NeverBlocked;
import dev.clew.contract.world.StreamFiles;
import dev.clew.testing.Await;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Clients and upstreams that silently stop reading. The request ends in time, its tenant's only permit is released, and
 * the connection is aborted in the end: a graceful close would wait for the peer to read.
 */
@ExtendWith(NeverBlocked.class)
abstract class StalledPeerContract extends Contract {

    private static final int SMALL = 4096;
    private static final byte[] PAYLOAD = new byte[8];

    /** SETTINGS_INITIAL_WINDOW_SIZE (RFC 9113 section 6.5.2) at its maximum, so that TCP stalls, not the stream. */
    private static final byte[] LARGEST_WINDOW = {0, 4, 0x7f, -1, -1, -1};

    private static final byte[] LARGEST_UPDATE = {0x7f, -1, 0, 0};

    private RawResponse next() {
        return send(Call.get("/any/next").host(StreamFiles.STALLED_HOST));
    }

    private void awaitFreePlace(Runnable meanwhile) {
        Await.until("released permit", () -> {
            meanwhile.run();
            return next().status() == 200;
        });
        new Metrics(world.managementPort()).awaitNoneActive();
    }

    private static void awaitEnd(Runnable sending) {
        Await.until("end of the connection", () -> {
            try {
                sending.run();
                return false;
            } catch (UncheckedIOException ended) {
                return true;
            }
        });
    }

    /** Sends a piece repeatedly until the gateway ends the connection. */
    private static Thread flood(Turn turn, byte[] piece) {
        Thread flood = new Thread(() -> {
            try (OutputStream out = turn.out()) {
                while (true) {
                    out.write(piece);
                }
            } catch (IOException ended) {
                turn.done();
            }
        });
        flood.setDaemon(true);
        flood.start();
        return flood;
    }

    private static byte[] chunk() {
        return ("4000\r\n" + "x".repeat(0x4000) + "\r\n").getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
    }

    private static void ping(Http2Client client) {
        client.frame(Http2Client.PING, 0, 0, PAYLOAD);
    }

    /** The client's PINGs prevent an idle timeout. */
    @Test
    void http2ClientThatDoesNotReadLosesItsPlaceAndThenItsConnection() throws InterruptedException {
        String marker = marker();
        try (Http2Client client = new Http2Client(port(), SMALL)) {
            client.frame(Http2Client.SETTINGS, 0, 0, LARGEST_WINDOW);
            client.frame(Http2Client.WINDOW_UPDATE, 0, 0, LARGEST_UPDATE);
            client.open(
                    Http2Client.END_STREAM,
                    ":method GET",
                    ":scheme http",
                    ":authority " + StreamFiles.STALLED_HOST,
                    ":path /hand/" + marker);
            Turn turn = world.hand().take(marker);
            next().assertProblem(503, "concurrency-limited");
            Thread flood = flood(turn.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"), chunk());

            awaitFreePlace(() -> ping(client));
            awaitEnd(() -> ping(client));
            flood.join();
        }
    }

    @Test
    void tunnelWhoseClientDoesNotReadGivesItsPlaceBack() throws InterruptedException {
        String marker = marker();
        try (RawClient client = new RawClient(STRANGER, port(), SMALL)) {
            client.send(Call.get("/hand/" + marker)
                    .host(StreamFiles.STALLED_HOST)
                    .header("Connection", "Upgrade")
                    .header("Upgrade", "chat"));
            Turn turn = world.hand().take(marker);
            next().assertProblem(503, "concurrency-limited");
            turn.send("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: chat\r\n\r\n");
            Thread flood = flood(turn, new byte[0x4000]);

            awaitFreePlace(() -> {});
            flood.join();
            awaitEnd(() -> client.send("x"));
        }
    }

    /** The upstream has disconnected too: only the client's unread bytes remain. */
    @Test
    void tunnelWhoseUpstreamHasEndedDoesNotWaitForItsClient() throws InterruptedException {
        String marker = marker();
        try (RawClient client = new RawClient(STRANGER, port(), SMALL)) {
            client.send(Call.get("/hand/" + marker)
                    .host(StreamFiles.STALLED_HOST)
                    .header("Connection", "Upgrade")
                    .header("Upgrade", "chat"));
            Turn turn = world.hand().take(marker);
            turn.send("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: chat\r\n\r\n");
            Thread rest = new Thread(() -> turn.send("x".repeat(8 << 20)).close());
            rest.setDaemon(true);
            rest.start();

            awaitFreePlace(() -> {});
            awaitEnd(() -> client.send("x"));
        }
    }

    /** Some clients stall below the gateway's queue limit; only the size of the response decides which. */
    @Test
    void http1ClientsThatDoNotReadEndWhateverIsPending() {
        int[] sizes = IntStream.concat(
                        IntStream.of(1, 100, 1 << 20, 4 << 20),
                        IntStream.rangeClosed(1, 40).map(i -> i * 0x10000))
                .toArray();
        Metrics metrics = new Metrics(world.managementPort());
        List<RawClient> clients = new ArrayList<>();
        try {
            for (int size : sizes) {
                String marker = marker();
                RawClient client = new RawClient(STRANGER, port(), SMALL);
                clients.add(client);
                client.send(Call.get("/calm/" + marker).host(StreamFiles.HOST));
                Turn turn = world.hand().take(marker);
                Thread response = new Thread(() -> part(turn, size));
                response.setDaemon(true);
                response.start();
            }
            metrics.awaitNoneActive();
        } finally {
            clients.forEach(RawClient::abort);
        }
    }

    /** Sends all but the last byte of a response. */
    private static void part(Turn turn, int size) {
        try {
            turn.send("HTTP/1.1 200 OK\r\nContent-Length: " + (size + 1) + "\r\n\r\n" + "x".repeat(size));
        } catch (UncheckedIOException cutOff) {
            turn.done();
        }
    }

    /** A graceful close would follow the rest of the body, which is never read. */
    @Test
    void upstreamThatDoesNotReadLosesItsConnectionAtOnce() {
        String marker = marker();
        try (RawClient client = connect()) {
            client.send(Call.get("/hand/" + marker)
                    .host(StreamFiles.STALLED_HOST)
                    .header("Content-Length", Integer.toString(16 << 20)));
            Turn turn = world.hand().take(marker);
            Thread body = new Thread(() -> {
                try {
                    client.send(new byte[16 << 20]);
                } catch (UncheckedIOException ended) {
                    turn.done();
                }
            });
            body.setDaemon(true);
            body.start();
            client.read().assertProblem(504, "idle-timeout");
            assertThrows(SocketException.class, () -> turn.in().transferTo(OutputStream.nullOutputStream()));
            turn.close();
        }
        awaitFreePlace(() -> {});
    }

    static List<String> failures() {
        return List.of(
                "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 10\r\n\r\nhalf",
                "");
    }

    @ParameterizedTest
    @MethodSource("failures")
    void http2BodyIsSentAgainAfterAnAttemptThatFails(String failure) {
        String marker = marker();
        try (Http2Client client = new Http2Client(port())) {
            int stream = put(client, marker);
            Turn first = world.hand().take(marker);
            assertEquals("0123456789", first.read(10));
            if (failure.isEmpty()) {
                first.reset();
            } else {
                first.send(failure).done();
            }
            Turn second = world.hand().take(marker);
            assertEquals("0123456789", second.read(10));
            second.respond("ok");
            assertEquals("ok", responseOf(client, stream).body());
        }
        awaitFreePlace(() -> {});
    }

    @ParameterizedTest
    @ValueSource(strings = {"garbage\r\n\r\n", "HTTP/1.1 999 No\r\n\r\n"})
    void http2BodyIsServedWhereItsUpstreamTalksNonsense(String nonsense) {
        String marker = marker();
        try (Http2Client client = new Http2Client(port())) {
            int stream = put(client, marker);
            world.hand().take(marker).send(nonsense).done();
            responseOf(client, stream).assertProblem(502, "upstream-invalid-response");
        }
        awaitFreePlace(() -> {});
    }

    private static int put(Http2Client client, String marker) {
        int stream = client.open(
                0,
                ":method PUT",
                ":scheme http",
                ":authority " + StreamFiles.STALLED_HOST,
                ":path /hand/" + marker,
                "content-length 10");
        client.data(stream, Http2Client.END_STREAM, "0123456789");
        return stream;
    }

    private static RawResponse responseOf(Http2Client client, int stream) {
        return assertInstanceOf(Outcome.Responded.class, client.await(stream)).response();
    }
}
