package dev.clew.listener;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;

/**
 * Counts bytes that come although nothing is to be read: when a client has ended its side, epoll reads all there is at
 * once.
 */
final class UnsolicitedBytes {

    /** Several times as much as is read at once, and far from what the kernel may hold of a connection. */
    private static final int MOST = 256 * 1024;

    private int count;

    /**
     * Counts what has come; all that is read while reading is switched on was asked for. Returns whether it is too
     * much.
     */
    boolean exceedsLimit(Channel channel, ByteBuf in) {
        count = channel.config().isAutoRead() ? 0 : count + in.readableBytes();
        return count > MOST;
    }
}
