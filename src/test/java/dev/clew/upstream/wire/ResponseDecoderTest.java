package dev.clew.upstream.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.budget.Account;
import dev.clew.budget.Holding;
import dev.clew.budget.Ledger;
import dev.clew.upstream.wire.MalformedResponse.Reason;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Cases from the tests of nginx, Envoy, HAProxy and Go, and from http-garden. */
class ResponseDecoderTest {

    private static final String OK = "HTTP/1.1 200 OK\r\n";
    private static final String CHUNKED = OK + "Transfer-Encoding: chunked\r\n\r\n";

    private final Ledger ledger = new Ledger(1 << 20);
    private final Account owner = ledger.account("acme");
    private final ResponseDecoder decoder =
            new ResponseDecoder(new ResponseLimits(100, 1 << 16), owner, () -> this.ended++);
    private final EmbeddedChannel channel = new EmbeddedChannel(new ResponseCodec(decoder));
    private int ended;

    @AfterEach
    void release() {
        channel.finishAndReleaseAll();
        assertEquals(0, owner.held());
    }

    private void request(HttpMethod method) {
        HttpRequest request = new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, method, "/");
        channel.writeOutbound(request);
        channel.releaseOutbound();
    }

    private void receive(String bytes) {
        channel.writeInbound(Unpooled.copiedBuffer(bytes, ISO_8859_1));
    }

    /**
     * Returns everything decoded since the last call: statuses, bodies, trailers and an end, or the reason for a
     * rejection.
     */
    private String read() {
        StringBuilder read = new StringBuilder();
        for (HttpObject next = channel.readInbound(); next != null; next = channel.readInbound()) {
            if (next.decoderResult().isFailure()) {
                MalformedResponse why = assertInstanceOf(
                        MalformedResponse.class, next.decoderResult().cause());
                read.append('!').append(why.reason());
            } else if (next instanceof HttpResponse head) {
                read.append(head.status().code()).append(' ');
            } else if (next instanceof HttpContent content) {
                read.append(content.content().toString(ISO_8859_1));
            }
            if (next instanceof LastHttpContent last && next.decoderResult().isSuccess()) {
                last.trailingHeaders().forEach(field -> read.append('[')
                        .append(field.getKey())
                        .append('=')
                        .append(field.getValue())
                        .append(']'));
                read.append('.');
            }
            ReferenceCountUtil.release(next);
        }
        return read.toString();
    }

    private String get(String response) {
        request(HttpMethod.GET);
        receive(response);
        return read();
    }

    @ParameterizedTest
    @CsvSource({
        "'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok', 200 ok.",
        "'HTTP/1.1 200\r\nContent-Length: 0\r\n\r\n', 200 .",
        "'HTTP/1.1 200 \r\ncontent-length:\t2 \r\n\r\nok', 200 ok.",
        "'HTTP/1.1 204 No Content\r\n\r\n', 204 .",
        "'HTTP/1.1 204 No Content\r\nContent-Length: 0\r\n\r\n', 204 .",
        "'HTTP/1.1 304 Not Modified\r\nContent-Length: 200\r\n\r\n', 304 .",
        "'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n', 200 ok.",
        "'HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n"
                + "002;a=\"b\"\r\nok\r\nA \r\n0123456789\r\n0\r\nX: 1\r\n\r\n',"
                + " 200 ok0123456789[X=1].",
        "'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nX: 1\r\nContent-Length: 9\r\n\r\n', 200 [X=1].",
        "'HTTP/1.1 103 Early Hints\r\nLink: a\r\n\r\nHTTP/1.1 102 P\r\n\r\n"
                + "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx',"
                + " 103 200 x.",
        "'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 199 ?\r\n\r\nHTTP/1.1 204 No\r\n\r\n', 100 204 .",
    })
    void validResponseIsDecodedInAnyFragmentationAndItsConnectionKept(String response, String expected) {
        assertEquals(expected, get(response));
        for (int size = 1; size <= 7; size++) {
            request(HttpMethod.GET);
            for (int i = 0; i < response.length(); i += size) {
                receive(response.substring(i, Math.min(response.length(), i + size)));
            }
            assertEquals(expected, read());
        }
        assertEquals(0, ended);
        assertTrue(decoder.isIdle());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                " HTTP/1.1 200 OK\r\n\r\n",
                "\r\nHTTP/1.1 200 OK\r\n\r\n",
                "HTTP/1.1  200 OK\r\n\r\n",
                "HTTP/1.1\t200 OK\r\n\r\n",
                "HTTP/1.1 2000 OK\r\n\r\n",
                "HTTP/1.1 20 OK\r\n\r\n",
                "HTTP/1.1 +20 OK\r\n\r\n",
                "HTTP/1.1 200OK\r\n\r\n",
                "HTTP/1.1 200 O\rK\r\n\r\n",
                "HTTP/1.1 200 O\u0000K\r\n\r\n",
                "HTTP/1.2 200 OK\r\n\r\n",
                "HTTP/2.0 200 OK\r\n\r\n",
                "http/1.1 200 OK\r\n\r\n",
                "ICY 200 OK\r\n\r\n",
                "\r\n",
                "\r\n\r\n",
                "HTTP/1.1 200 OK\n\n",
                "HTTP/1.1 200 OK\r\nA: b\n\r\n",
                "HTTP/1.1 200 OK\r\nA: b\rContent-Length: 0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nA: b\r\n c\r\n\r\n",
                "HTTP/1.1 200 OK\r\n A: b\r\n\r\n",
                "HTTP/1.1 200 OK\r\nA : b\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding\u000b: chunked\r\n\r\n",
                "HTTP/1.1 200 OK\r\n: b\r\n\r\n",
                "HTTP/1.1 200 OK\r\nA\r\n\r\n",
                "HTTP/1.1 200 OK\r\nA: b\u0000\r\n\r\n",
                "HTTP/1.1 200 OK\r\nA: b\u007f\r\n\r\n",
            })
    void grammarViolationsAreRejected(String response) {
        assertEquals("!SYNTAX", get(response));
        assertNothingMoreIsRead();
    }

    @ParameterizedTest
    @CsvSource({
        "'Content-Length: 3, 3', AMBIGUOUS_LENGTH",
        "'Content-Length: 3\r\nContent-Length: 3', AMBIGUOUS_LENGTH",
        "'Content-Length: 3\r\nContent-Length: 4', AMBIGUOUS_LENGTH",
        "'Content-Length: +3', AMBIGUOUS_LENGTH",
        "'Content-Length: -3', AMBIGUOUS_LENGTH",
        "'Content-Length: 0x3', AMBIGUOUS_LENGTH",
        "'Content-Length: 3 4', AMBIGUOUS_LENGTH",
        "'Content-Length:', AMBIGUOUS_LENGTH",
        "'Content-Length: 99999999999999999999', AMBIGUOUS_LENGTH",
        "'Content-Length: 3\r\nTransfer-Encoding: chunked', AMBIGUOUS_LENGTH",
        "'Transfer-Encoding: chunked\r\nContent-Length: 3', AMBIGUOUS_LENGTH",
        "'Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked', AMBIGUOUS_LENGTH",
        "'Transfer-Encoding: chunked, chunked', UNKNOWN_CODING",
        "'Transfer-Encoding: gzip', UNKNOWN_CODING",
        "'Transfer-Encoding: gzip, chunked', UNKNOWN_CODING",
        "'Transfer-Encoding: chunked, gzip', UNKNOWN_CODING",
        "'Transfer-Encoding: identity', UNKNOWN_CODING",
        "'Transfer-Encoding: xchunked', UNKNOWN_CODING",
        "'Transfer-Encoding: \"chunked\"', UNKNOWN_CODING",
        "'Transfer-Encoding:', UNKNOWN_CODING",
        "'Transfer-Encoding: chunked;a=b', UNKNOWN_CODING",
    })
    void ambiguousLengthIsRejected(String fields, Reason reason) {
        assertEquals("!" + reason, get(OK + fields + "\r\n\r\n3\r\nabc\r\n0\r\n\r\n"));
        assertNothingMoreIsRead();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\n\r", "a", "H ", "HTTP/2", "SSH-2.0-OpenSSH_9.2\r\n", "\u0015\u0003\u0003"})
    void bytesThatBeginNoResponseAreRejectedImmediately(String begun) {
        assertEquals("!SYNTAX", get(begun));
    }

    @Test
    void transferCodingInHttp10IsRejected() {
        assertEquals("!UNKNOWN_CODING", get("HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "zz\r\n",
                "\r\n",
                " 2\r\nok\r\n",
                "0x2\r\nok\r\n",
                "-2\r\nok\r\n",
                "2\u0000\r\nok\r\n",
                "2 junk\r\nok\r\n",
                "2,\r\nok\r\n",
                "2\nok\r\n",
                "2;a\nok\r\n",
                "2;a\u0000\r\nok\r\n",
                "2;a\rb\r\nok\r\n",
                "1000000000000002\r\nok\r\n",
            })
    void ambiguousChunkSizeIsRejected(String chunk) {
        assertEquals("200 !SYNTAX", get(CHUNKED + chunk));
        assertNothingMoreIsRead();
    }

    @ParameterizedTest
    @ValueSource(strings = {"okX", "ok\n0\r\n\r\n", "ok\r\r", "okok\r\n"})
    void chunkOfTheWrongSizeIsRejected(String data) {
        assertEquals("200 ok!SYNTAX", get(CHUNKED + "2\r\n" + data + "\r\n"));
        assertNothingMoreIsRead();
    }

    @ParameterizedTest
    @ValueSource(strings = {"A\r\n\r\n", "A : b\r\n\r\n", " A: b\r\n\r\n", "A: b\r\n c\r\n\r\n", "A: b\n\n", "\n"})
    void malformedTrailersAreRejected(String trailers) {
        assertEquals("200 !SYNTAX", get(CHUNKED + "0\r\n" + trailers));
        assertNothingMoreIsRead();
    }

    private void assertNothingMoreIsRead() {
        receive("HTTP/1.1 200 OK\r\nSet-Cookie: sid=attacker\r\nContent-Length: 0\r\n\r\n");
        assertEquals("", read());
    }

    @ParameterizedTest
    @CsvSource({
        "GET, 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok', 200 ok.",
        "GET, 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n', 200 .",
        "GET, 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n', 200 ok.",
        "GET, 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nA: b\r\n\r\n', 200 [A=b].",
        "HEAD, 'HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n', 200 .",
        "HEAD, 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n', 200 .",
        "GET, 'HTTP/1.1 204 No\r\n\r\n', 204 .",
        "GET, 'HTTP/1.1 304 Not\r\nContent-Length: 20\r\n\r\n', 304 .",
    })
    void surplusBytesCloseTheConnection(HttpMethod method, String response, String expected) {
        for (String excess : new String[] {"\r\n", "x", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"}) {
            ended = 0;
            EmbeddedChannel together = new EmbeddedChannel(
                    new ResponseCodec(new ResponseDecoder(ResponseLimits.STANDARD, owner, () -> this.ended++)));
            together.writeOutbound(new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, method, "/"));
            together.writeInbound(Unpooled.copiedBuffer(response + excess, ISO_8859_1));
            assertEquals(1, ended, excess);
            assertEquals(
                    1,
                    together.inboundMessages().stream()
                            .filter(HttpResponse.class::isInstance)
                            .count());
            together.finishAndReleaseAll();
        }
        ended = 0;
        request(method);
        receive(response);
        assertEquals(expected, read());
        assertEquals(0, ended);
        receive("HTTP/1.1 200 OK\r\nSet-Cookie: sid=attacker\r\nContent-Length: 0\r\n\r\n");
        assertEquals(1, ended);
        request(HttpMethod.GET);
        assertEquals("", read());
    }

    @Test
    void unsolicitedBytesCloseAnUnusedConnection() {
        receive("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        assertEquals(1, ended);
        assertNull(channel.readInbound());
    }

    @ParameterizedTest
    @CsvSource({
        "1.1, '', true",
        "1.1, 'Connection: keep-alive\r\n', true",
        "1.1, 'Connection: close\r\n', false",
        "1.1, 'Connection: Close\r\n', false",
        "1.1, 'Connection: Upgrade, close\r\nUpgrade: h2c\r\n', false",
        "1.1, 'Connection: Upgrade\r\nConnection: close\r\n', false",
        "1.1, 'Connection: close\r\nConnection: keep-alive\r\n', false",
        "1.1, 'Connection: x-close\r\n', true",
        "1.1, 'Connection: ,, close ,\r\n', false",
        "1.0, '', false",
        "1.0, 'Connection: keep-alive\r\n', true",
        "1.0, 'Connection: x, Keep-Alive\r\n', true",
        "1.0, 'Connection: keep-alive\r\nConnection: close\r\n', false",
    })
    void connectionIsKeptIfAllItsOptionsAllowIt(String version, String fields, boolean kept) {
        assertEquals("200 ok.", get("HTTP/" + version + " 200 OK\r\n" + fields + "Content-Length: 2\r\n\r\nok"));
        assertEquals(kept ? 0 : 1, ended);
        assertEquals(kept, decoder.isIdle());
    }

    @Test
    void maximumNumberOfFieldsIsAccepted() {
        assertEquals("200 .", get(OK + "a:\r\n".repeat(99) + "Content-Length: 0\r\n\r\n"));
        assertEquals("200 " + "[a=]".repeat(100) + ".", get(CHUNKED + "0\r\n" + "a:\r\n".repeat(100) + "\r\n"));
    }

    @Test
    void moreFieldsAreRejectedBeforeTheHeadIsComplete() {
        assertEquals("!TOO_MANY_FIELDS", get(OK + "a:\r\n".repeat(101)));
    }

    @Test
    void moreTrailersAreRejectedBeforeTheyAreComplete() {
        assertEquals("200 !TOO_MANY_FIELDS", get(CHUNKED + "0\r\n" + "a:\r\n".repeat(101)));
    }

    @Test
    void moreFieldsOfAnInterimResponseAreRejected() {
        assertEquals(
                "103 !TOO_MANY_FIELDS",
                get("HTTP/1.1 103 H\r\n" + "a:\r\n".repeat(100) + "\r\nHTTP/1.1 103 H\r\n" + "a:\r\n".repeat(101)));
    }

    @Test
    void longLineIsRejectedBeforeItEnds() {
        assertEquals("!TOO_LARGE", get(OK + "a: " + "x".repeat(1 << 16)));
    }

    @Test
    void incompleteHeadHoldsOnlyItsReceivedBytes() {
        request(HttpMethod.GET);
        String begun = OK + "a:\r\n".repeat(90);
        for (int i = 0; i < begun.length(); i++) {
            ByteBuf large = channel.alloc().buffer(1 << 16).writeByte(begun.charAt(i));
            channel.writeInbound(large);
            assertEquals(0, large.refCnt());
        }
        assertTrue(owner.held() >= begun.length() && owner.held() <= 2 * begun.length(), "holds " + owner.held());
        receive("Content-Length: 0\r\n\r\n");
        assertEquals(0, owner.held());
        assertEquals("200 .", read());
    }

    @Test
    void incompleteHeadIsRejectedIfItsOwnersMemoryIsExhausted() {
        Holding elsewhere = new Holding(owner);
        elsewhere.set(1 << 20);
        assertEquals("!TOO_LARGE", get(OK + "a: b\r\n"));
        elsewhere.release();
    }

    @Test
    void bodyWithoutLengthEndsWithTheConnection() {
        assertEquals("200 half", get(OK + "\r\nhalf"));
        channel.close();
        assertEquals(".", read());
    }

    @ParameterizedTest
    @CsvSource({
        "'HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nok', 200 ok",
        "'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n', 200 ok",
        "'HTTP/1.1 200 OK\r\nContent-Le', !CUT_OFF",
        "'', ''",
    })
    void prematureCloseDoesNotEndTheResponse(String response, String expected) {
        request(HttpMethod.GET);
        receive(response);
        channel.close();
        assertEquals(expected, read());
    }

    @Test
    void unsolicitedSwitchIsRejected() {
        assertEquals("!UNASKED_SWITCH", get("HTTP/1.1 101 Switching\r\nUpgrade: websocket\r\n\r\nx"));
        assertNothingMoreIsRead();
    }

    @Test
    void bytesAfterASwitchBelongToTheOtherProtocol() {
        HttpRequest request = new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/");
        request.headers().set("Upgrade", "websocket");
        channel.writeOutbound(request);
        receive("HTTP/1.1 101 Switching\r\nUpgrade: websocket\r\n\r\nHTTP/1.1 ");
        HttpResponse head = channel.readInbound();
        assertEquals(101, head.status().code());
        ByteBuf rest = channel.readInbound();
        assertEquals("HTTP/1.1 ", rest.toString(ISO_8859_1));
        rest.release();
        assertEquals(0, ended);
        assertFalse(decoder.isIdle());
    }
}
