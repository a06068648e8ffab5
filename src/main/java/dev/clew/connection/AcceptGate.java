package dev.clew.connection;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/** Stands at one listening socket, in front of Netty's own acceptor, and lets connections in or closes them. */
public final class AcceptGate extends ChannelInboundHandlerAdapter {

    private static final Logger LOG = Logger.getLogger("dev.clew");

    /** As long as the system gives no connection, the others have the processor. */
    static final long PAUSE_MILLIS = 100;

    private static final long LOG_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final ClientConnections connections;
    private final LongSupplier nanoTime;
    private long loggedAt;

    /** @param nanoTime as {@link System#nanoTime} */
    public AcceptGate(ClientConnections connections, LongSupplier nanoTime) {
        this.connections = connections;
        this.nanoTime = nanoTime;
        this.loggedAt = nanoTime.getAsLong() - LOG_NANOS;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        Channel child = (Channel) message;
        ConnectionEnding refusal = connections.admit(child);
        if (refusal == null) {
            child.pipeline().addLast(FirstByteWatch.atFront(connections));
            context.fireChannelRead(child);
        } else {
            connections.count(refusal);
            child.unsafe().closeForcibly();
        }
    }

    /** The system has no descriptor left, most likely. Netty's own acceptor would wait for a second, and write a stack trace. */
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
