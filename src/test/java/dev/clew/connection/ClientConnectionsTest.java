package dev.clew.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ClientConnectionsTest {

    private static final Duration FIRST_BYTE = Duration.ofSeconds(5);
    private static final ConnectionLifetime LIFE =
            new ConnectionLifetime(Duration.ofMinutes(10), 0, Duration.ofMinutes(1));
    private static final long PATIENCE_SECONDS = 20;

    private final AtomicLong now = new AtomicLong();
    private final ClientConnections connections = new ClientConnections(FIRST_BYTE, LIFE, now::get);
    private final EventLoopGroup clients = new NioEventLoopGroup(1);
    private final EventLoopGroup acceptor = new NioEventLoopGroup(1);
    private final EventLoopGroup loop = new NioEventLoopGroup(1);
    private Channel server;

    /** A stub of the decoders: each byte is an event. */
    @ChannelHandler.Sharable
    private static final class Events extends ChannelInboundHandlerAdapter {

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ClientConnection connection = Objects.requireNonNull(ClientConnection.of(context.channel()));
            ByteBuf events = (ByteBuf) message;
            while (events.isReadable()) {
                switch (events.readByte()) {
                    case 'b' -> connection.requestBegan();
                    case 'e' -> connection.requestEnded();
                    case 'l' -> connection.becomeTunnel();
                    default -> {}
                }
            }
            events.release();
        }
    }

    @BeforeEach
    void listen() throws InterruptedException {
        server = new ServerBootstrap()
                .group(acceptor, loop)
                .channel(NioServerSocketChannel.class)
                .handler(new AcceptGate(connections, now::get))
                .childHandler(new Events())
                .bind(InetAddress.getLoopbackAddress(), 0)
                .sync()
                .channel();
    }

    @AfterEach
    void close() {
        for (EventLoopGroup group : new EventLoopGroup[] {clients, acceptor, loop}) {
            group.shutdownGracefully(0, 0, TimeUnit.SECONDS);
        }
    }

    private void bound(int most) {
        connections.bound(most, FileDescriptors.UNKNOWN, 0);
    }

    private Channel connect() throws InterruptedException {
        return new Bootstrap()
                .group(clients)
                .channel(NioSocketChannel.class)
                .handler(new ChannelInboundHandlerAdapter())
                .connect(server.localAddress())
                .sync()
                .channel();
    }

    /** Completes after the connection is admitted and has handled these events. */
    private Channel connect(String events, ConnectionState state) throws InterruptedException {
        int before = connections.in(state);
        Channel client = connect();
        for (char event : events.toCharArray()) {
            client.writeAndFlush(Unpooled.buffer(1).writeByte(event)).sync();
        }
        await(() -> connections.in(state) == before + 1);
        return client;
    }

    private Channel silent() throws InterruptedException {
        return connect("", ConnectionState.SILENT);
    }

    private static void await(BooleanSupplier condition) {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() - until < 0, "not within " + PATIENCE_SECONDS + " s");
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }

    private static void assertCloses(Channel client) throws InterruptedException {
        assertTrue(client.closeFuture().await(PATIENCE_SECONDS, TimeUnit.SECONDS));
    }

    @Test
    void displacesTheLongestSilentConnection() throws InterruptedException {
        bound(2);
        Channel first = silent();
        Channel second = silent();
        Channel third = connect();
        assertCloses(first);
        await(() -> connections.open() == 2);
        assertTrue(second.isOpen() && third.isOpen());
        assertEquals(1, connections.ended(CloseReason.SHED_SILENT));
    }

    @Test
    void displacesSilentThenUnfinishedThenIdleConnections() throws InterruptedException {
        bound(3);
        Channel idle = connect("be", ConnectionState.IDLE);
        Channel unfinished = connect("x", ConnectionState.UNFINISHED);
        Channel silent = silent();
        connect("b", ConnectionState.ACTIVE);
        assertCloses(silent);
        assertTrue(idle.isOpen() && unfinished.isOpen());
        connect("b", ConnectionState.ACTIVE);
        assertCloses(unfinished);
        assertTrue(idle.isOpen());
        connect("b", ConnectionState.ACTIVE);
        assertCloses(idle);
        assertEquals(1, connections.ended(CloseReason.SHED_SILENT));
        assertEquals(1, connections.ended(CloseReason.SHED_UNFINISHED));
        assertEquals(1, connections.ended(CloseReason.SHED_IDLE));
    }

    @Test
    void rejectsANewConnectionIfAllAreActive() throws InterruptedException {
        bound(2);
        Channel active = connect("b", ConnectionState.ACTIVE);
        Channel tunnel = connect("bel", ConnectionState.ACTIVE);
        assertCloses(connect());
        assertEquals(1, connections.ended(CloseReason.REFUSED_FULL));
        assertTrue(active.isOpen() && tunnel.isOpen());
        active.close().sync();
        await(() -> connections.open() == 1);
        connect("b", ConnectionState.ACTIVE);
    }

    @Test
    void keepsAConnectionActiveUntilItsLastStreamEnds() throws InterruptedException {
        Channel client = connect("bbe", ConnectionState.ACTIVE);
        client.writeAndFlush(Unpooled.buffer(1).writeByte('e')).sync();
        await(() -> connections.in(ConnectionState.IDLE) == 1);
        assertEquals(0, connections.in(ConnectionState.ACTIVE));
    }

    @Test
    void closesAConnectionWithoutATimelyFirstByte() throws InterruptedException {
        Channel late = silent();
        now.addAndGet(FIRST_BYTE.toNanos() / 2);
        Channel begun = connect("x", ConnectionState.UNFINISHED);
        now.addAndGet(FIRST_BYTE.toNanos());
        assertCloses(late);
        assertTrue(begun.isOpen());
        assertEquals(1, connections.ended(CloseReason.FIRST_BYTE));
    }

    @Test
    void shedsConnectionsWithoutARequest() throws InterruptedException {
        Channel unfinished = connect("x", ConnectionState.UNFINISHED);
        Channel first = silent();
        Channel second = silent();
        Channel idle = connect("be", ConnectionState.IDLE);
        assertEquals(1, connections.shedSilent(1));
        assertCloses(first);
        assertEquals(2, connections.shedSilent(10));
        assertCloses(second);
        assertCloses(unfinished);
        assertEquals(0, connections.shedSilent(10));
        assertTrue(idle.isOpen());
    }

    @Test
    void rejectsNewConnectionsUnderOverload() throws InterruptedException {
        Channel kept = silent();
        connections.rejectNew(true);
        assertCloses(connect());
        assertEquals(1, connections.ended(CloseReason.REFUSED_OVERLOAD));
        assertTrue(kept.isOpen());
        connections.rejectNew(false);
        silent();
    }

    @Test
    void pausesAcceptingAfterAFailedAccept() {
        EmbeddedChannel socket = new EmbeddedChannel(new AcceptGate(connections, now::get));
        socket.freezeTime();
        socket.pipeline().fireExceptionCaught(new IOException("accept(..) failed: Too many open files"));
        assertFalse(socket.config().isAutoRead());
        socket.advanceTimeBy(AcceptGate.PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        socket.runScheduledPendingTasks();
        assertTrue(socket.config().isAutoRead());
        assertEquals(1, connections.acceptFailures());
        socket.checkException();
    }

    @Test
    void closesAnExpiredIdleConnectionButNoActiveOneOrTunnel() throws InterruptedException {
        Channel idle = connect("be", ConnectionState.IDLE);
        Channel active = connect("b", ConnectionState.ACTIVE);
        Channel tunnel = connect("bl", ConnectionState.ACTIVE);
        now.addAndGet(Duration.ofMinutes(12).toNanos());
        assertCloses(idle);
        assertTrue(active.isOpen() && tunnel.isOpen());
        assertEquals(1, connections.ended(CloseReason.LIFE_OVER));
    }

    @Test
    void closesAllConnectionsActiveOnesIncluded() throws InterruptedException {
        Channel silent = connect();
        Channel active = connect("b", ConnectionState.ACTIVE);
        Channel tunnel = connect("bel", ConnectionState.ACTIVE);
        connections.closeAll();
        assertCloses(silent);
        assertCloses(active);
        assertCloses(tunnel);
        await(() -> connections.open() == 0);
        assertEquals(3, connections.ended(CloseReason.SHUTDOWN));
    }

    @Test
    void acceptsPendingConnectionsBeforeThePortCloses() throws InterruptedException {
        Channel before = silent();
        connections.stopAccepting();
        assertTrue(server.closeFuture().await(PATIENCE_SECONDS, TimeUnit.SECONDS));
        assertTrue(before.isOpen());
    }
}
