package dev.clew.contract.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.clew.contract.client.Call;
import dev.clew.contract.client.RawClient;
import dev.clew.contract.server.Turn;
import dev.clew.contract.world.Contract;
import dev.clew.contract.world.NeverBlocked;
import dev.clew.contract.world.StreamFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A tenant's limit on request bodies, which protects the upstream: beyond it no byte arrives there. */
@ExtendWith(NeverBlocked.class)
abstract class LimitContract extends Contract {

    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

    private static Call upload(String marker) {
        return Call.of("POST", "/hand/" + marker).host(StreamFiles.LIMITED_HOST);
    }

    private static String body(int length) {
        return "x".repeat(length);
    }

    @Test
    void bodyOfExactlyTheLimitPasses() {
        String marker = marker();
        try (RawClient client = connect()) {
            client.send(upload(marker)
                    .header("Content-Length", Integer.toString(StreamFiles.LIMIT))
                    .raw(body(StreamFiles.LIMIT)));
            Turn turn = world.hand().take(marker);
            assertEquals(StreamFiles.LIMIT, turn.read(StreamFiles.LIMIT).length());
            turn.send(OK).done();
            assertEquals(200, client.read().status());
        }
    }

    @Test
    void declaredLengthBeyondTheLimitIs413AndTheUpstreamHearsNothing() {
        String marker = marker();
        try (RawClient client = connect()) {
            client.send(upload(marker).header("Content-Length", Integer.toString(StreamFiles.LIMIT + 1)));
            client.read().assertRejected(413, "request-too-large");
            assertEquals("", client.readToEnd());
        }
        assertEquals(0, world.hand().count(marker));
    }

    @Test
    void bodyThatGrowsBeyondTheLimitIs413AndEndsTheUpstreamRequest() {
        String marker = marker();
        try (RawClient client = connect()) {
            String size = Integer.toHexString(StreamFiles.LIMIT);
            client.send(upload(marker)
                    .line("Transfer-Encoding: chunked")
                    .raw(size + "\r\n" + body(StreamFiles.LIMIT) + "\r\n"));
            Turn turn = world.hand().take(marker);
            client.send("1\r\nx\r\n");
            client.read().assertRejected(413, "request-too-large");
            turn.awaitClosed();
            assertEquals("", client.readToEnd());
        }
    }

    @Test
    void clientThatSendsWithoutEndStillGetsThe413() {
        String marker = marker();
        try (RawClient client = connect()) {
            client.send(upload(marker).line("Transfer-Encoding: chunked"));
            Turn turn = world.hand().take(marker);
            // The chunk is far above the gateway's limit, yet fits into the kernels' buffers, so this call returns.
            client.send("80000\r\n" + body(0x80000) + "\r\n");
            client.read().assertRejected(413, "request-too-large");
            turn.awaitClosed();
        }
    }
}
