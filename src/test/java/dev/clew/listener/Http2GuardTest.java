package dev.clew.listener;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.vertx.core.http.HttpServerOptions;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Http2GuardTest {

    private static final int HEAD_SECONDS = 10;
    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int PRIORITY = 2;
    private static final int SETTINGS = 4;
    private static final int PING = 6;
    private static final int CONTINUATION = 9;
    private static final int END_HEADERS = 4;

    private final AtomicLong now = new AtomicLong();
    private EmbeddedChannel channel;

    @BeforeEach
    void connect() {
        WireLimits limits =
                new WireLimits(new HttpServerOptions(), Duration.ofSeconds(HEAD_SECONDS), WireLimits.STANDARD_FIELDS);
        channel = new EmbeddedChannel(new Http2Guard(limits, now::get));
        channel.freezeTime();
    }

    @AfterEach
    void release() {
        channel.finishAndReleaseAll();
    }

    private static ByteBuf preface() {
        return Http2CodecUtil.connectionPrefaceBuf();
    }

    private static ByteBuf frame(int type, int flags, int stream, int length) {
        return Unpooled.buffer()
                .writeMedium(length)
                .writeByte(type)
                .writeByte(flags)
                .writeInt(stream)
                .writeZero(length);
    }

    private void receive(ByteBuf bytes) {
        channel.writeInbound(bytes);
    }

    private void pass(int seconds) {
        channel.advanceTimeBy(seconds, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
    }

    private void assertCalmedDown(int latestStream) {
        assertFalse(channel.isOpen());
        ByteBuf goAway = channel.readOutbound();
        assertEquals(17, goAway.readableBytes());
        assertEquals(8, goAway.readMedium());
        assertEquals(7, goAway.readByte(), "GOAWAY");
        assertEquals(0, goAway.readByte());
        assertEquals(0, goAway.readInt());
        assertEquals(latestStream, goAway.readInt());
        assertEquals(0xb, goAway.readInt(), "ENHANCE_YOUR_CALM");
        goAway.release();
    }

    /** All bytes pass unchanged, however they are split. */
    @Test
    void passesEverythingOnHoweverItIsSplit() {
        Random random = new Random(20_261_124);
        for (int round = 0; round < 200; round++) {
            connect();
            ByteBuf sent = preface();
            for (int i = 0; i < 20; i++) {
                sent = Unpooled.wrappedBuffer(sent, frame(DATA, 0, 1, random.nextInt(40)));
                sent = Unpooled.wrappedBuffer(sent, frame(HEADERS, 0, 2 * i + 1, random.nextInt(40)));
                sent = Unpooled.wrappedBuffer(sent, frame(CONTINUATION, END_HEADERS, 2 * i + 1, random.nextInt(40)));
            }
            ByteBuf left = sent.duplicate();
            while (left.isReadable()) {
                receive(left.readRetainedSlice(Math.min(left.readableBytes(), 1 + random.nextInt(30))));
            }
            ByteBuf arrived = Unpooled.buffer();
            for (ByteBuf piece = channel.readInbound(); piece != null; piece = channel.readInbound()) {
                arrived.writeBytes(piece);
                piece.release();
            }
            assertEquals(sent, arrived);
            pass(2 * HEAD_SECONDS);
            assertTrue(channel.isOpen());
            channel.finishAndReleaseAll();
        }
    }

    @Test
    void closesAConnectionAfterAHeadInCountlessPieces() {
        receive(preface());
        receive(frame(HEADERS, 0, 5, 10));
        for (int i = 0; i < Http2Guard.MAX_CONTINUATIONS; i++) {
            receive(frame(CONTINUATION, 0, 5, 0));
        }
        assertTrue(channel.isOpen());
        receive(frame(CONTINUATION, END_HEADERS, 5, 0));
        assertCalmedDown(5);
    }

    @Test
    void closesAConnectionOfManyRequestsWithoutSettingsAcknowledgement() {
        receive(preface());
        for (int i = 0; i < Http2Guard.MAX_UNACKNOWLEDGED; i++) {
            receive(frame(HEADERS, END_HEADERS, 2 * i + 1, 10));
        }
        assertTrue(channel.isOpen());
        receive(frame(HEADERS, END_HEADERS, 201, 10));
        assertCalmedDown(201);
    }

    @Test
    void countsNoRequestsAfterTheSettingsAcknowledgement() {
        receive(preface());
        receive(frame(SETTINGS, 1, 0, 0));
        for (int i = 0; i < 3 * Http2Guard.MAX_UNACKNOWLEDGED; i++) {
            receive(frame(HEADERS, END_HEADERS, 2 * i + 1, 10));
        }
        assertTrue(channel.isOpen());
    }

    @Test
    void countsThePiecesOfEachHeadSeparately() {
        receive(preface());
        for (int stream = 1; stream < 100; stream += 2) {
            receive(frame(HEADERS, 0, stream, 10));
            for (int i = 1; i < Http2Guard.MAX_CONTINUATIONS; i++) {
                receive(frame(CONTINUATION, 0, stream, 10));
            }
            receive(frame(CONTINUATION, END_HEADERS, stream, 10));
        }
        assertTrue(channel.isOpen());
    }

    @ParameterizedTest
    @ValueSource(ints = {PRIORITY, SETTINGS, 5, 7, 0x42})
    void endsAFloodOfFramesThatAskForNothing(int type) {
        receive(preface());
        for (int i = 0; i < Http2Guard.MAX_IDLE_FRAMES; i++) {
            receive(frame(type, 0, 0, 6));
        }
        assertTrue(channel.isOpen());
        receive(frame(type, 0, 0, 6));
        assertCalmedDown(0);
    }

    @Test
    void resetsTheCountAfterTheWindow() {
        receive(preface());
        for (int i = 0; i < 3 * Http2Guard.MAX_IDLE_FRAMES; i++) {
            now.addAndGet(TimeUnit.MILLISECONDS.toNanos(11));
            receive(frame(SETTINGS, 0, 0, 0));
        }
        assertTrue(channel.isOpen());
    }

    @Test
    void doesNotCountPings() {
        receive(preface());
        for (int i = 0; i < 3 * Http2Guard.MAX_IDLE_FRAMES; i++) {
            receive(frame(PING, 0, 0, 8));
        }
        assertTrue(channel.isOpen());
    }

    @Test
    void closesAConnectionAfterTheDeadlineInsideOfAHead() {
        receive(preface());
        receive(frame(HEADERS, 0, 3, 10));
        pass(HEAD_SECONDS - 1);
        receive(frame(CONTINUATION, 0, 3, 1));
        assertTrue(channel.isOpen());
        pass(1);
        assertCalmedDown(3);
    }

    @Test
    void closesAConnectionAfterTheDeadlineInsideOfAFrame() {
        receive(preface());
        receive(frame(HEADERS, END_HEADERS, 3, 10).readSlice(12).retain());
        pass(HEAD_SECONDS);
        assertCalmedDown(3);
    }

    @Test
    void closesAConnectionAfterTheDeadlineInsideOfThePreface() {
        receive(preface().readRetainedSlice(20));
        pass(HEAD_SECONDS);
        assertCalmedDown(0);
    }

    @Test
    void hasNoDeadlineForABodyOrTheNextRequest() {
        receive(preface());
        pass(2 * HEAD_SECONDS);
        receive(frame(HEADERS, END_HEADERS, 1, 10));
        receive(frame(DATA, 0, 1, 100).readSlice(50).retain());
        pass(2 * HEAD_SECONDS);
        assertTrue(channel.isOpen());
    }

    /** Each read ends inside the next head. */
    @Test
    void restartsTheDeadlineForEachHead() {
        receive(preface());
        ByteBuf first = frame(HEADERS, END_HEADERS, 1, 10);
        receive(first.readRetainedSlice(15));
        for (int stream = 3; stream < 100; stream += 2) {
            pass(HEAD_SECONDS - 1);
            ByteBuf next = frame(HEADERS, END_HEADERS, stream, 10);
            receive(Unpooled.wrappedBuffer(first, next.readRetainedSlice(15)));
            first = next;
        }
        assertTrue(channel.isOpen());
        first.release();
    }
}
