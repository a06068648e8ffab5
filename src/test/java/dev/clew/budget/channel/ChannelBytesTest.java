package dev.clew.budget.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.budget.Account;
import dev.clew.budget.Ledger;
import dev.clew.budget.Shed;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetAddress;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Counting of the bytes beyond the kernel's buffers, between two real sockets, one of which may not read. */
class ChannelBytesTest {

    private static final long ITSELF = 1_000;

    private final Ledger ledger = new Ledger(1L << 40);
    private final Account owner = ledger.account("owner");
    private final EventLoopGroup loop = new NioEventLoopGroup(1);
    private final BlockingQueue<Channel> accepted = new ArrayBlockingQueue<>(1);
    private Channel here;
    private Channel peer;

    @BeforeEach
    void connect() throws InterruptedException {
        Channel listener = new ServerBootstrap()
                .group(loop)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        ChannelBytes.count(channel, ledger, owner, ITSELF);
                        accepted.add(channel);
                    }
                })
                .bind(InetAddress.getLoopbackAddress(), 0)
                .sync()
                .channel();
        peer = new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .handler(new ChannelInboundHandlerAdapter())
                .connect(listener.localAddress())
                .sync()
                .channel();
        here = accepted.take();
    }

    @AfterEach
    void end() {
        loop.shutdownGracefully(0, 0, java.util.concurrent.TimeUnit.SECONDS);
    }

    private void stall() {
        peer.config().setAutoRead(false);
    }

    private static void await(java.util.function.BooleanSupplier condition) {
        long end = System.nanoTime() + java.util.concurrent.TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean() && System.nanoTime() - end < 0) {
            LockSupport.parkNanos(1_000_000);
        }
        assertTrue(condition.getAsBoolean());
    }

    private void writeUntilSomethingWaits() {
        while (owner.held() == ITSELF) {
            here.writeAndFlush(Unpooled.wrappedBuffer(new byte[64 * 1024])).awaitUninterruptibly(20);
        }
    }

    @Test
    void openConnectionCountsItselfUntilItIsClosed() {
        await(() -> owner.held() == ITSELF);
        peer.close();
        await(() -> owner.held() == 0);
    }

    @Test
    void whatThePeerDoesNotReadCountsUntilItDoes() {
        stall();
        writeUntilSomethingWaits();
        assertTrue(owner.held() > ITSELF);
        peer.config().setAutoRead(true);
        await(() -> owner.held() == ITSELF);
        assertTrue(here.isActive());
    }

    @Test
    void whatWaitsIsGivenBackWithTheConnection() {
        stall();
        writeUntilSomethingWaits();
        here.close();
        await(() -> owner.held() == 0);
    }

    @Test
    void connectionThatTooMuchWaitsOnIsClosedHard() {
        stall();
        here.writeAndFlush(Unpooled.wrappedBuffer(new byte[16 << 20]));
        await(() -> !here.isOpen());
        await(() -> owner.held() == 0);
        assertEquals(1, ledger.count(Shed.STALLED_CONNECTION));
    }

    @Test
    void connectionOfAnOwnerThatHoldsTooMuchIsClosedHard() {
        stall();
        ledger.limitTo(300_000);
        while (here.isOpen()) {
            here.writeAndFlush(Unpooled.wrappedBuffer(new byte[64 * 1024])).awaitUninterruptibly(20);
        }
        await(() -> owner.held() == 0);
        assertEquals(1, ledger.count(Shed.STALLED_CONNECTION));
    }
}
