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
 * Counts what a connection holds: itself, and what was written to it and waits for a peer that does not read. To stand
 * in front of all other handlers, where a flush comes last.
 *
 * <p>A flush that leaves nothing behind, as nearly all do, costs the look. Behind what is left an empty write is put,
 * which tells when all before it has gone: nothing has to be looked at in the meantime.
 */
public final class ChannelBytes extends ChannelOutboundHandlerAdapter {

    /** The most that may wait on one connection: back-pressure leaves it far less, so that more is written past it. */
    static final long MOST_WAITING = 4 << 20;

    /** Bytes that an open connection takes by itself, its handlers included, while nothing is sent. */
    public static final long CONNECTION = 4 * 1024;

    /**
     * The most that the kernel holds of what it has not sent yet (tcp(7), TCP_NOTSENT_LOWAT): by itself it holds some
     * MiB for a peer that does not read, which nobody here would see and the container's memory would have to hold.
     */
    private static final long MOST_UNSENT = 128 * 1024;

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
     * Begins to count, until the connection is closed.
     *
     * @param account whose it is
     * @param itself bytes that an open connection takes while nothing is sent
     */
    public static void count(Channel channel, Ledger ledger, Account account, long itself) {
        ChannelBytes counted = new ChannelBytes(ledger, account, itself);
        channel.attr(KEY).set(counted);
        channel.pipeline().addFirst("bytes", counted);
        if (channel instanceof EpollSocketChannel onLinux) {
            onLinux.config().setTcpNotSentLowAt(MOST_UNSENT);
        }
    }

    /** As {@link #count(Channel, Ledger, Account, long)}, of a connection of Vert.x's; on its event loop. */
    public static void count(HttpConnection connection, Ledger ledger, Account account, long itself) {
        if (connection instanceof ConnectionBase base) {
            count(base.channelHandlerContext().channel(), ledger, account, itself);
        }
    }

    /** Counts what waits on a client's connection for the tenant whose request came on it last; on its event loop. */
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
        if (now > MOST_WAITING || !within) {
            ledger.shed(Shed.STALLED_CONNECTION);
            close(context);
        } else if (now > 0 && !awaited) {
            awaitAllBefore(context);
        }
    }

    /** Netty takes a write off the queue's size only after it has told that it is gone, hence the task. */
    private void awaitAllBefore(ChannelHandlerContext context) {
        awaited = true;
        context.write(Unpooled.EMPTY_BUFFER)
                .addListener(gone -> context.executor().execute(() -> {
                    awaited = false;
                    look(context);
                }));
        context.flush();
    }

    /** Not waiting for what the peer does not take. */
    @SuppressWarnings("FutureReturnValueIgnored") // the channel's owner is told by the channel
    private static void close(ChannelHandlerContext context) {
        context.close();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        waiting.release();
        itself.release();
    }
}
