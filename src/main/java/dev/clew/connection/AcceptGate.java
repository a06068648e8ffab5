package dev.clew.connection;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.MaxMessagesRecvByteBufAllocator;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Stands at one listening socket, in front of Netty's own acceptor, and lets connections in or closes them. */
public final class AcceptGate extends ChannelInboundHandlerAdapter {

    private static final Logger LOG = Logger.getLogger("dev.clew");

    /** As long as the system gives no connection, the others have the processor. */
    static final long PAUSE_MILLIS = 100;

    /** More than systems let wait by default (somaxconn), and an end where more come without end. */
    private static final int MOST_WAITING = 8_192;

    private static final long LAST_TURN_MILLIS = 20;
    private static final long LOG_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final ClientConnections connections;
    private final LongSupplier nanoTime;
    private long loggedAt;
    private volatile @Nullable ChannelHandlerContext socket;
    private boolean stopping;

    /** @param nanoTime as {@link System#nanoTime} */
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

    /** Lets in all that wait, and closes the socket: the system would reset those. By any thread. */
    void stop() {
        ChannelHandlerContext context = socket;
        if (context != null) {
            context.executor().execute(() -> stop(context.channel()));
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // nothing depends on when it closes
    private void stop(Channel listening) {
        stopping = true;
        if (listening.config().getRecvByteBufAllocator() instanceof MaxMessagesRecvByteBufAllocator turns) {
            turns.maxMessagesPerRead(MOST_WAITING);
        }
        // Where nobody waits, no turn ends.
        listening.eventLoop().schedule(() -> listening.close(), LAST_TURN_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** A turn has taken all that waited. */
    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // nothing depends on when it closes
    public void channelReadComplete(ChannelHandlerContext context) {
        context.fireChannelReadComplete();
        if (stopping) {
            context.channel().close();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        Channel child = (Channel) message;
        CloseReason refusal = connections.admit(child);
        if (refusal == null) {
            child.pipeline().addLast(FirstByteWatch.atFront(connections));
            context.fireChannelRead(child);
        } else {
            connections.count(refusal);
            child.unsafe().closeForcibly();
        }
    }

    /**
     * The system has no descriptor left, most likely. Netty's own acceptor would wait for a second, and write a stack
     * trace.
     */
    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // it ends with the event loop
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        connections.countAcceptFailure();
        connections.makeRoom();
        long now = nanoTime.getAsLong();
        if (now - loggedAt >= LOG_NANOS) {
            loggedAt = now;
            LOG.warnf("connections cannot be accepted (told once a minute at most): %s", cause.getMessage());
        }
        Channel channel = context.channel();
        if (channel.config().isAutoRead()) {
            channel.config().setAutoRead(false);
            channel.eventLoop().schedule(() -> channel.config().setAutoRead(true), PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        }
    }
}
