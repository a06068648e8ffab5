package dev.clew.listener;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;

/** Limits the bytes read while reading is paused: after a client's half-close, epoll reads everything available. */
final class UnsolicitedBytes {

    /** The limit: several times the size of a read, and well below what the kernel may buffer per connection. */
    private static final int MAX = 256 * 1024;

    private int count;

    /** Counts the bytes of a read, restarting while reading is enabled. Returns whether they exceed the limit. */
    boolean exceedsLimit(Channel channel, ByteBuf in) {
        count = channel.config().isAutoRead() ? 0 : count + in.readableBytes();
        return count > MAX;
    }
}
