package dev.clew.listener;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * Stands in front until a connection has said which version of HTTP it speaks. What could still become HTTP/2's preface is held
 * back meanwhile, where no decoder sees it.
 */
final class FirstBytes extends ChannelInboundHandlerAdapter {

    private final HeadDeadline deadline;

    FirstBytes(WireLimits limits) {
        this.deadline = new HeadDeadline(limits.head());
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // Vert.x is told by the channel
    public void channelRead(ChannelHandlerContext context, Object message) {
        context.fireChannelRead(message);
        if (!context.isRemoved()) {
            deadline.begin(context.executor(), context::close);
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        deadline.end();
    }
}
