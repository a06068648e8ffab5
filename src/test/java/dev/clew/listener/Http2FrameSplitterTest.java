package dev.clew.listener;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2ConnectionHandlerBuilder;
import io.netty.handler.codec.http2.Http2FrameAdapter;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Settings;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Http2FrameSplitterTest {

    private static final int MAX_FIELDS = 5;
    private static final int LIST_SIZE = 8_192;
    private static final int WINDOW = 65_535;
    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int RST_STREAM = 3;
    private static final int SETTINGS = 4;
    private static final int GOAWAY = 7;
    private static final int CONTINUATION = 9;
    private static final int END_STREAM = 1;
    private static final int END_HEADERS = 4;
    private static final int WHOLE = END_STREAM | END_HEADERS;
    private static final String[] SOUND = {":method GET", ":scheme http", ":authority a.test", ":path /x"};

    private final AtomicLong now = new AtomicLong();
    private final List<String> seen = new ArrayList<>();
    private final List<Http2Headers> heads = new ArrayList<>();
    private Http2ConnectionHandler codec;
    private EmbeddedChannel channel;

    /** Records the events Vert.x receives. */
    private final class Recorder extends Http2FrameAdapter {

        @Override
        public void onHeadersRead(
                ChannelHandlerContext context, int stream, Http2Headers headers, int padding, boolean ends) {
            heads.add(headers);
            seen.add("head " + stream + (ends ? " end" : ""));
        }

        @Override
        public int onDataRead(ChannelHandlerContext context, int stream, ByteBuf data, int padding, boolean ends) {
            seen.add("data " + stream + " " + data.toString(StandardCharsets.ISO_8859_1) + (ends ? " end" : ""));
            return data.readableBytes() + padding;
        }
    }

    @BeforeEach
    void connect() {
        connect(new Http2Settings());
    }

    private void connect(Http2Settings more) {
        seen.clear();
        heads.clear();
        codec = new Http2ConnectionHandlerBuilder()
                .server(true)
                .initialSettings(more.maxHeaderListSize(LIST_SIZE).maxConcurrentStreams(100))
                .frameListener(new Recorder())
                .build();
        channel = new EmbeddedChannel(new Http2FrameSplitter(MAX_FIELDS, now::get), codec);
        receive(Http2CodecUtil.connectionPrefaceBuf());
        receive(frame(SETTINGS, 0, 0, Unpooled.EMPTY_BUFFER));
        sent();
    }

    @AfterEach
    void release() {
        channel.finishAndReleaseAll();
    }

    private void receive(ByteBuf bytes) {
        channel.writeInbound(bytes);
    }

    private static ByteBuf frame(int type, int flags, int stream, ByteBuf payload) {
        return Unpooled.buffer()
                .writeMedium(payload.readableBytes())
                .writeByte(type)
                .writeByte(flags)
                .writeInt(stream)
                .writeBytes(payload);
    }

    private static ByteBuf block(String... lines) {
        ByteBuf block = Unpooled.buffer();
        for (String line : lines) {
            int space = line.indexOf(' ');
            literal(block.writeByte(0), line.substring(0, space));
            literal(block, line.substring(space + 1));
        }
        return block;
    }

    private static void literal(ByteBuf to, String text) {
        if (text.length() < 127) {
            to.writeByte(text.length());
        } else {
            to.writeByte(127);
            int rest = text.length() - 127;
            for (; rest >= 128; rest >>= 7) {
                to.writeByte(rest % 128 + 128);
            }
            to.writeByte(rest);
        }
        to.writeCharSequence(text, StandardCharsets.ISO_8859_1);
    }

    private static String[] with(String... more) {
        List<String> lines = new ArrayList<>(List.of(SOUND));
        lines.addAll(List.of(more));
        return lines.toArray(String[]::new);
    }

    private void head(int stream, int flags, String... lines) {
        receive(frame(HEADERS, flags, stream, block(lines)));
    }

    private void data(int stream, int flags, String body) {
        receive(frame(DATA, flags, stream, Unpooled.copiedBuffer(body, StandardCharsets.ISO_8859_1)));
    }

    /** Returns the resets and closes among the frames sent: {@code RST stream code} and {@code GOAWAY code}. */
    private List<String> sent() {
        channel.runPendingTasks();
        ByteBuf all = Unpooled.buffer();
        for (ByteBuf piece = channel.readOutbound(); piece != null; piece = channel.readOutbound()) {
            all.writeBytes(piece);
            piece.release();
        }
        List<String> ends = new ArrayList<>();
        while (all.isReadable()) {
            int length = all.readMedium();
            int type = all.readByte();
            all.readByte();
            int stream = all.readInt();
            ByteBuf payload = all.readSlice(length);
            if (type == RST_STREAM) {
                ends.add("RST " + stream + " " + payload.readInt());
            } else if (type == GOAWAY) {
                ends.add("GOAWAY " + payload.skipBytes(4).readInt());
            }
        }
        return ends;
    }

    private String fault(int index) {
        CharSequence mark = heads.get(index).get(":malformed");
        return mark == null ? null : mark.toString();
    }

    private void respond(int stream) {
        Http2Headers head = new DefaultHttp2Headers().status("200");
        codec.encoder().writeHeaders(channel.pipeline().context(codec), stream, head, 0, true, channel.newPromise());
        channel.flush();
    }

    /** The bytes are split at random, with padding and priority around the fields. */
    @Test
    void passesHeadsAndBodiesOnHoweverTheyAreSplit() {
        Random random = new Random(20_261_127);
        for (int round = 0; round < 100; round++) {
            connect();
            ByteBuf sent = Unpooled.buffer();
            for (int stream = 1; stream < 20; stream += 2) {
                ByteBuf block = block(with("x-a " + stream));
                ByteBuf first = Unpooled.buffer().writeByte(3).writeInt(0).writeByte(1);
                int cut = random.nextInt(block.readableBytes());
                first.writeBytes(block, cut).writeZero(3);
                sent.writeBytes(frame(HEADERS, 0x8 | 0x20, stream, first));
                sent.writeBytes(frame(CONTINUATION, END_HEADERS, stream, block));
                sent.writeBytes(frame(DATA, 0, stream, Unpooled.EMPTY_BUFFER));
                sent.writeBytes(frame(DATA, END_STREAM, stream, Unpooled.copiedBuffer(new byte[] {'b'})));
            }
            while (sent.isReadable()) {
                receive(sent.readRetainedSlice(Math.min(sent.readableBytes(), 1 + random.nextInt(60))));
            }
            assertEquals(10, heads.size());
            for (int i = 0; i < 10; i++) {
                int stream = 2 * i + 1;
                assertEquals("/x", heads.get(i).path().toString());
                assertEquals(String.valueOf(stream), heads.get(i).get("x-a").toString());
                assertTrue(seen.contains("data " + stream + " b end"), seen::toString);
            }
            assertEquals(List.of(), sent());
            channel.finishAndReleaseAll();
        }
    }

    /** The next head refers to the dynamic table built by the rejected one. */
    @Test
    void rejectsAHeadOfTooManyFieldsAndDecodesTheNext() {
        ByteBuf many = block(SOUND);
        literal(many.writeByte(0x40), "x-a");
        literal(many, "b");
        for (int i = 0; i < 200; i++) {
            many.writeByte(0x80 + 62);
        }
        receive(frame(HEADERS, WHOLE, 1, many));
        receive(frame(HEADERS, WHOLE, 3, block(SOUND).writeByte(0x80 + 62)));

        assertEquals(MalformedRequest.LONG_HEADER, fault(0));
        assertEquals("/x", heads.get(0).path().toString());
        assertNull(fault(1));
        assertEquals("b", heads.get(1).get("x-a").toString());
        assertEquals(List.of(), sent());
    }

    /** The acknowledgement precedes or follows the first request. */
    @ParameterizedTest
    @CsvSource({"0,false", "0,true", "1024,false", "1024,true", "4096,true"})
    void acceptsLengthsWithASmallerDynamicTable(int size, boolean late) {
        connect(new Http2Settings().headerTableSize(size));
        if (late) {
            head(1, END_HEADERS, with("content-length 2"));
            data(1, END_STREAM, "ok");
        }
        receive(frame(SETTINGS, 1, 0, Unpooled.EMPTY_BUFFER));
        ByteBuf emptied = Unpooled.buffer().writeByte(0x20);
        receive(frame(HEADERS, END_HEADERS, 3, emptied.writeBytes(block(with("content-length 2")))));
        data(3, END_STREAM, "ok");
        assertEquals(List.of("head 3", "data 3 ok end"), seen.subList(late ? 2 : 0, seen.size()));
        assertEquals(List.of(), sent());
    }

    @Test
    void acceptsTheMaximumOfFieldsCountingACookieAsOne() {
        head(1, WHOLE, with("x-a 1", "cookie a=1", "x-b 2", "cookie b=2", "x-c 3", "cookie c=3", "x-d 4"));
        assertNull(fault(0));
        assertEquals("a=1; b=2; c=3", heads.get(0).get("cookie").toString());
        head(3, WHOLE, with("x-a 1", "cookie a=1", "x-b 2", "x-c 3", "x-d 4", "x-e 5"));
        assertEquals(MalformedRequest.LONG_HEADER, fault(1));
    }

    @Test
    void rejectsAHeadOfTooManyBytes() {
        head(1, WHOLE, with("x-a " + "y".repeat(LIST_SIZE)));
        assertEquals(MalformedRequest.LONG_HEADER, fault(0));
        head(3, WHOLE, SOUND);
        assertNull(fault(1));
        assertEquals(List.of(), sent());
    }

    /** Later heads cannot be decoded, but requests in progress complete. */
    @Test
    void rejectsAHeadTooLongToDecodeAndAllLaterOnes() {
        head(1, END_HEADERS, SOUND);
        head(3, WHOLE, with("x-a " + "y".repeat(2 * LIST_SIZE - 200)));
        assertEquals(MalformedRequest.LONG_HEADER, fault(1));
        head(5, END_HEADERS, SOUND);
        data(5, END_STREAM, "x");
        data(1, END_STREAM, "late");
        assertEquals(List.of("head 1", "head 3 end", "data 1 late end"), seen);
        assertEquals(List.of("GOAWAY 0"), sent());
        respond(1);
        respond(3);
        assertEquals(List.of(), sent());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"X-Upper 1", "connection close", ":unknown 1", ":path /y", "te gzip", " 1", "content-length +1"})
    void rejectsAMalformedHeadAndEndsOnlyItsStream(String line) {
        head(1, END_HEADERS, SOUND);
        head(3, END_HEADERS, with(line, "traceparent behind-it"));
        data(3, 0, "x");
        data(1, END_STREAM, "y");
        assertNull(fault(0));
        assertEquals(MalformedRequest.SYNTAX, fault(1));
        assertEquals("behind-it", heads.get(1).get("traceparent").toString());
        assertEquals(List.of(), sent());

        respond(3);
        assertEquals(List.of("RST 3 1"), sent());
        data(3, 0, "dropped");
        data(3, END_STREAM, "dropped");
        head(5, WHOLE, SOUND);
        assertEquals(List.of("head 1", "head 3", "data 3 x", "data 1 y end", "head 5 end"), seen);
        assertEquals(List.of(), sent());
    }

    @ParameterizedTest
    @ValueSource(strings = {"host b.test", "host a.test|host a.test", "host a b"})
    void rejectsMoreThanOneHost(String lines) {
        head(1, WHOLE, with(lines.split("\\|")));
        assertEquals(MalformedRequest.HOST_COUNT, fault(0));
    }

    @Test
    void rejectsSeveralHostsWithoutAnAuthority() {
        head(1, WHOLE, ":method GET", ":scheme http", ":path /x", "host a.test", "host b.test");
        assertEquals(MalformedRequest.HOST_COUNT, fault(0));
        assertNull(heads.get(0).authority());
        assertNull(heads.get(0).get("host"));
    }

    @ParameterizedTest
    @ValueSource(strings = {":method GET\r\n", ":method G T", ":method "})
    void rejectsAnInvalidMethod(String method) {
        head(1, WHOLE, method, ":scheme http", ":authority a.test", ":path /x");
        assertEquals(MalformedRequest.SYNTAX, fault(0));
        assertEquals("GET", heads.get(0).method().toString());
    }

    /** Netty does not know the rejected stream, and would close the connection on the first piece of its body. */
    @Test
    void dropsTheBodyOfARejectedStreamAndRestoresItsWindow() throws Exception {
        codec.connection().remote().maxActiveStreams(1);
        head(1, END_HEADERS, SOUND);
        head(3, END_HEADERS, SOUND);
        assertEquals(List.of("RST 3 7"), sent());
        for (int i = 0; i < 20; i++) {
            data(3, 0, "x".repeat(10_000));
        }
        data(3, END_STREAM, "x");
        data(1, END_STREAM, "y");
        assertEquals(List.of("head 1", "data 1 y end"), seen);
        assertEquals(List.of(), sent());
        int window =
                codec.decoder().flowController().windowSize(codec.connection().connectionStream());
        assertTrue(window > WINDOW / 2, () -> "window " + window);
    }

    @Test
    void rejectsRequestsWhoseHeadsTogetherExceedTheLimit() {
        String large = "x-a " + "y".repeat(LIST_SIZE / 2);
        int stream = 1;
        while (sent().isEmpty() && stream < 200) {
            head(stream, END_HEADERS, with(large));
            stream += 2;
        }
        int rejected = stream - 2;
        assertTrue(rejected > 2 * 30 && rejected < 2 * 70, () -> "rejected " + rejected);
        for (int i = 1; i < rejected; i += 2) {
            assertFalse(seen.contains("head " + rejected));
            respond(i);
            data(i, END_STREAM, "");
        }
        sent();
        head(stream, WHOLE, with(large));
        assertTrue(seen.contains("head " + stream + " end"));
    }

    /** RFC 9113 section 5.1. */
    @Test
    void closesAConnectionAfterAHeadOnAClosedStream() {
        head(1, WHOLE, SOUND);
        respond(1);
        assertEquals(List.of(), sent());
        head(1, WHOLE, SOUND);
        assertEquals(List.of("GOAWAY 5"), sent());
    }

    @Test
    void resetsAStreamWithASecondHead() {
        head(1, WHOLE, SOUND);
        head(1, WHOLE, SOUND);
        assertEquals(List.of("RST 1 5"), sent());
        head(3, WHOLE, SOUND);
        assertEquals(List.of("head 1 end", "head 3 end"), seen);
    }

    @Test
    void acceptsOnlyValidTrailers() {
        head(1, END_HEADERS, SOUND);
        head(1, WHOLE, "x-t 1");
        head(3, END_HEADERS, SOUND);
        head(3, WHOLE, ":path /y");
        head(5, WHOLE, SOUND);
        assertEquals(List.of("head 1", "head 1 end", "head 3", "head 5 end"), seen);
        assertEquals(List.of("RST 3 1"), sent());
    }

    @Test
    void closesAConnectionAfterAFrameInsideOfAHead() {
        receive(frame(HEADERS, 0, 1, block(SOUND)));
        data(1, 0, "x");
        assertEquals(List.of("GOAWAY 1"), sent());
        assertEquals(List.of(), seen);
    }

    @Test
    void closesAConnectionAfterAnInvalidTableReference() {
        receive(frame(HEADERS, WHOLE, 1, Unpooled.buffer().writeByte(0x80)));
        assertEquals(List.of("GOAWAY 9"), sent());
    }

    @Test
    void closesAConnectionFloodingMalformedHeads() {
        for (int i = 0; i < Http2Requests.MAX_FAULTS; i++) {
            head(2 * i + 1, WHOLE, with("X-Upper 1"));
            respond(2 * i + 1);
        }
        assertEquals(Http2Requests.MAX_FAULTS, sent().size());
        head(2 * Http2Requests.MAX_FAULTS + 1, WHOLE, with("X-Upper 1"));
        assertEquals(List.of("GOAWAY 11"), sent());
    }
}
