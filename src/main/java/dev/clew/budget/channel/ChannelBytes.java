package dev.clew.budget.channel;

import dev.clew.budget.Account;
import dev.clew.budget.Holding;
import dev.clew.budget.Ledger;
import dev.clew.budget.Shed;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.util.AttributeKey;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;

/**
 * Counts the memory of a connection: its fixed cost, and pending writes to a peer that does not read. Must be the first
 * handler, which a flush reaches last.
 *
 * <p>A flush that leaves nothing pending, as nearly all do, costs a check. Behind pending bytes an empty write is
 * queued, whose completion signals that they were sent, so no polling is needed.
 */
public final class ChannelBytes extends ChannelOutboundHandlerAdapter {

    /**
     * The limit on pending bytes per connection. Back-pressure keeps them far below, so a connection above it has
     * writers that ignore back-pressure.
     */
    static final long MAX_WAITING = 4 << 20;

    /** The fixed cost of an open connection with its handlers, in bytes. */
    public static final long CONNECTION = 4 * 1024;

    /**
     * The limit on the bytes unsent in the kernel (tcp(7), TCP_NOTSENT_LOWAT). By default it buffers some MiB for a
     * peer that does not read, unaccounted, in the container's memory.
     */
    private static final long MAX_UNSENT = 128 * 1024;

    private static final AttributeKey<ChannelBytes> KEY = AttributeKey.valueOf("clew.bytes");

    private final Ledger ledger;
    private final Holding itself;
    private final Holding waiting;
    private boolean awaited;

    private ChannelBytes(Ledger ledger, Account account, long itself) {
        this.ledger = ledger;
        this.itself = new Holding(account);
        this.waiting = new Holding(account);
        this.itself.set(itself);
    }

    /**
     * Counts a channel's memory until it is closed.
     *
     * @param account the owner's account
     * @param itself the fixed cost of an open connection, in bytes
     */
    public static void count(Channel channel, Ledger ledger, Account account, long itself) {
        ChannelBytes counted = new ChannelBytes(ledger, account, itself);
        channel.attr(KEY).set(counted);
        channel.pipeline().addFirst("bytes", counted);
        if (channel instanceof EpollSocketChannel onLinux) {
            onLinux.config().setTcpNotSentLowAt(MAX_UNSENT);
        }
    }

    /** Counts a Vert.x connection as {@link #count(Channel, Ledger, Account, long)} does; on its event loop. */
    public static void count(HttpConnection connection, Ledger ledger, Account account, long itself) {
        if (connection instanceof ConnectionBase base) {
            count(base.channelHandlerContext().channel(), ledger, account, itself);
        }
    }

    /** Assigns a client connection's pending bytes to the tenant of its latest request; on its event loop. */
    public static void assign(Account tenant, HttpConnection connection) {
        if (connection instanceof ConnectionBase base) {
            ChannelBytes counted =
                    base.channelHandlerContext().channel().attr(KEY).get();
            if (counted != null) {
                counted.waiting.moveTo(tenant);
            }
        }
    }

    @Override
    public void flush(ChannelHandlerContext context) {
        context.flush();
        look(context);
    }

    private void look(ChannelHandlerContext context) {
        ChannelOutboundBuffer queue = context.channel().unsafe().outboundBuffer();
        long now = queue == null || context.isRemoved() ? 0 : queue.totalPendingWriteBytes();
        if (now == 0 && waiting.bytes() == 0) {
            return;
        }
        boolean within = waiting.set(now);
        if (now > MAX_WAITING || !within) {
            ledger.shed(Shed.STALLED_CONNECTION);
            close(context);
        } else if (now > 0 && !awaited) {
            awaitAllBefore(context);
        }
    }

    /**
     * Checks again once the pending bytes were sent, in a later task: Netty reduces the queue's size only after it has
     * completed the write's promise.
     */
    private void awaitAllBefore(ChannelHandlerContext context) {
        awaited = true;
        context.write(Unpooled.EMPTY_BUFFER)
                .addListener(gone -> context.executor().execute(() -> {
                    awaited = false;
                    look(context);
                }));
        context.flush();
    }

    /** Closes without waiting for the pending bytes. */
    @SuppressWarnings("FutureReturnValueIgnored") // the channel notifies its owner
    private static void close(ChannelHandlerContext context) {
        context.close();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        waiting.release();
        itself.release();
    }
}
