package dev.clew.listener;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.budget.Ledger;
import dev.clew.connection.AcceptGate;
import dev.clew.connection.ClientConnection;
import dev.clew.connection.ClientConnections;
import dev.clew.connection.ConnectionLifetime;
import dev.clew.connection.ConnectionState;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.vertx.core.http.HttpServerOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The decoder's output for every split of the bytes, and its memory meanwhile. */
class StrictRequestDecoderTest {

    private static final String HEAD = "GET /x HTTP/1.1\r\nHost: a\r\n";

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final WireLimits limits = new WireLimits(
            new HttpServerOptions().setMaxHeaderSize(32_768), Duration.ofSeconds(10), WireLimits.STANDARD_FIELDS);
    private final EmbeddedChannel channel = connect();

    private EmbeddedChannel connect() {
        StrictRequestDecoder decoder = new StrictRequestDecoder(limits, null);
        EmbeddedChannel made = new EmbeddedChannel();
        made.pipeline().addLast(decoder, decoder.responses);
        return made;
    }

    @AfterEach
    void releasesAllMemoryWhenTheConnectionEnds() {
        channel.finishAndReleaseAll();
        assertEquals(0, held());
    }

    /** Returns the bytes held by the connection, the only one of this process. */
    private static long held() {
        return Ledger.ofProcess().connections().held();
    }

    private void send(String bytes) {
        ByteBuf read = channel.alloc().directBuffer(65_536);
        channel.writeInbound(read.writeBytes(bytes.getBytes(ISO_8859_1)));
    }

    private String reason() {
        HttpRequest request = channel.readInbound();
        assertNotNull(request, "nothing was decoded");
        return request.headers().get(":malformed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET /x HTTP/1.1\r\nHost: a\r\n\r\n", "GET /x HTTP/1.1\r\n\r\n", "GET /x HTTP/1.1\n"})
    void countsEachRequestAndItsEndOnce(String request) {
        ClientConnections all = new ClientConnections(
                Duration.ofSeconds(5), new ConnectionLifetime(Duration.ZERO, 0, PATIENCE), () -> 0);
        EmbeddedChannel client = new EmbeddedChannel();
        EmbeddedChannel listener = new EmbeddedChannel(new AcceptGate(all, () -> 0));
        listener.writeInbound(client);
        StrictRequestDecoder decoder = new StrictRequestDecoder(limits, ClientConnection.of(client));
        client.pipeline().addLast(decoder, decoder.responses);

        client.writeInbound(Unpooled.copiedBuffer(request, ISO_8859_1));
        assertEquals(1, all.in(ConnectionState.ACTIVE));
        client.writeOutbound(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK));
        assertEquals(0, all.in(ConnectionState.ACTIVE));
        assertEquals(1, all.in(ConnectionState.IDLE));
        client.finishAndReleaseAll();
        listener.finish();
    }

    @Test
    void neverDecodesFieldsBeyondTheLimit() {
        send(HEAD + "a:\r\n".repeat(8_000));
        HttpRequest rejected = channel.readInbound();
        assertEquals(MalformedRequest.MANY_FIELDS, rejected.headers().get(":malformed"));
        assertEquals("/x", rejected.uri());
        assertEquals(
                WireLimits.STANDARD_FIELDS + 1, rejected.headers().entries().size(), "fields, and the mark");
    }

    @Test
    void holdsLittleMoreThanTheBytesOfAnUnfinishedHead() {
        send("GET /x HTTP/1.1\r\n");
        assertTrue(held() <= 64, "holds " + held());
        for (int i = 0; i < 80; i++) {
            send("x-%03d: %s\r\n".formatted(i, "y".repeat(300)));
        }
        long wire = 17 + 80 * 309;
        assertTrue(held() >= wire && held() <= 2 * wire, "holds " + held());
        assertNull(channel.readInbound());
        send("Host: a\r\n\r\n");
        assertNull(reason());
        assertEquals(0, held());
    }

    @Test
    void limitsALineBeforeItsEnd() {
        send(HEAD + "x: ");
        for (int i = 0; i < 40 && channel.inboundMessages().isEmpty(); i++) {
            send("y".repeat(1_000));
        }
        assertEquals(MalformedRequest.LONG_HEADER, reason());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 40})
    void piecesMakeNoDifference(int size) {
        String wire = "\r\nPOST /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
                + "5;a=b\r\nhello\r\n6\r\n world\r\n0\r\nX-Sum: 1\r\n\r\n";
        for (int i = 0; i < wire.length(); i += size) {
            send(wire.substring(i, Math.min(i + size, wire.length())));
        }
        HttpRequest request = channel.readInbound();
        assertNull(request.headers().get(":malformed"));
        StringBuilder body = new StringBuilder();
        List<Object> rest = new ArrayList<>(channel.inboundMessages());
        channel.inboundMessages().clear();
        for (Object message : rest) {
            HttpContent content = (HttpContent) message;
            body.append(content.content().toString(ISO_8859_1));
            content.release();
        }
        assertEquals("hello world", body.toString());
        assertTrue(rest.get(rest.size() - 1) instanceof LastHttpContent);
    }

    /** The cases include those of the server tests of llhttp, Go and h11. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET  /x HTTP/1.1",
                " GET /x HTTP/1.1",
                "GET /x  HTTP/1.1",
                "GET /x HTTP/1.1 ",
                "GET\t/x HTTP/1.1",
                "GET /x\tHTTP/1.1",
                "GET \t/x HTTP/1.1",
                "GET\u000b/x HTTP/1.1",
                "GET\r /x HTTP/1.1",
                "GET /x\r HTTP/1.1",
                "GET /x",
                "GET",
                "/x HTTP/1.1",
                "GET HTTP/1.1",
                "GET /x HTTP/1.10",
                "GET /x HTTP/01.1",
                "GET /x HTTP /1.1",
                "GET /x HTTP/1,1",
                "GET /x HTTP/2.0",
                "GET /x hTTP/1.1",
                "GET /x FTP/1.1",
                "G=T /x HTTP/1.1",
                "G\u0000T /x HTTP/1.1",
                "GET /\u0000x HTTP/1.1",
                "GET /\u007fx HTTP/1.1",
                "PRI * HTTP/2.0",
            })
    void rejectsAMalformedRequestLine(String line) {
        send(line + "\r\nHost: a\r\n\r\n");
        assertEquals(MalformedRequest.SYNTAX, reason());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 3, 3",
                "Content-Length:3,3",
                "Content-Length: 3,",
                "Content-Length: ,3",
                "Content_Length: 3",
                "content-length : 3",
                "Transfer_Encoding: chunked",
                "Transfer-Encoding: chunked, gzip",
                "Transfer-Encoding: chunked;x=y",
                "Transfer-Encoding: ,chunked",
                "Transfer-Encoding: chun\u00e7ked",
            })
    void rejectsMalformedFraming(String line) {
        send("POST /x HTTP/1.1\r\nHost: a\r\n" + line + "\r\n\r\n");
        assertEquals(MalformedRequest.SYNTAX, reason());
    }
}
