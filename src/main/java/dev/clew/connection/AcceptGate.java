package dev.clew.connection;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.MaxMessagesRecvByteBufAllocator;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Admits or closes the connections that one listening socket accepts, ahead of Netty's own acceptor. */
public final class AcceptGate extends ChannelInboundHandlerAdapter {

    private static final Logger LOG = Logger.getLogger("dev.clew");

    /** The pause between attempts to accept after a failure; the event loop serves other channels meanwhile. */
    static final long PAUSE_MILLIS = 100;

    /** The bound on connections accepted in the last read: above the usual somaxconn, finite under a flood. */
    private static final int MAX_WAITING = 8_192;

    private static final long LAST_TURN_MILLIS = 20;
    private static final long LOG_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final ClientConnections connections;
    private final LongSupplier nanoTime;
    private long loggedAt;
    private volatile @Nullable ChannelHandlerContext socket;
    private boolean stopping;

    /** @param nanoTime a clock with the semantics of {@link System#nanoTime} */
    public AcceptGate(ClientConnections connections, LongSupplier nanoTime) {
        this.connections = connections;
        this.nanoTime = nanoTime;
        this.loggedAt = nanoTime.getAsLong() - LOG_NANOS;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        socket = context;
        connections.opened(this);
    }

    /**
     * Accepts the pending connections, which the system would reset otherwise, and closes the socket. Callable by any
     * thread.
     */
    void stop() {
        ChannelHandlerContext context = socket;
        if (context != null) {
            context.executor().execute(() -> stop(context.channel()));
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the time of the close does not matter
    private void stop(Channel listening) {
        stopping = true;
        if (listening.config().getRecvByteBufAllocator() instanceof MaxMessagesRecvByteBufAllocator turns) {
            turns.maxMessagesPerRead(MAX_WAITING);
        }
        // Without pending connections no read completes.
        listening.eventLoop().schedule(() -> listening.close(), LAST_TURN_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Closes the socket when stopping: the read has accepted every pending connection. */
    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // the time of the close does not matter
    public void channelReadComplete(ChannelHandlerContext context) {
        context.fireChannelReadComplete();
        if (stopping) {
            context.channel().close();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        Channel child = (Channel) message;
        CloseReason rejection = connections.admit(child);
        if (rejection == null) {
            child.pipeline().addLast(FirstByteWatch.forNewConnection(connections));
            context.fireChannelRead(child);
        } else {
            connections.count(rejection);
            child.unsafe().closeForcibly();
        }
    }

    /**
     * Pauses accepting and makes room: most likely the process is out of file descriptors. Netty's acceptor would pause
     * for a second and log a stack trace.
     */
    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // the task ends with the event loop
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        connections.countAcceptFailure();
        connections.makeRoom();
        long now = nanoTime.getAsLong();
        if (now - loggedAt >= LOG_NANOS) {
            loggedAt = now;
            LOG.warnf("connections cannot be accepted (logged once a minute at most): %s", cause.getMessage());
        }
        Channel channel = context.channel();
        if (channel.config().isAutoRead()) {
            channel.config().setAutoRead(false);
            channel.eventLoop().schedule(() -> channel.config().setAutoRead(true), PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        }
    }
}
