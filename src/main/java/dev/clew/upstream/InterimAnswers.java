package dev.clew.upstream;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;

/**
 * Drops the interim answers that Vert.x's client would take for the final one: every 1xx but 100, 101 and 103. A client must be
 * able to read any number of them (RFC 9110 section 15.2); what they say is lost to ours.
 */
final class InterimAnswers extends ChannelInboundHandlerAdapter {

    private static final String VERTX_CODEC = "codec";

    private boolean dropping;

    private InterimAnswers() {}

    /** To be called before the connection carries its first request; over HTTP/2 there is nothing to drop. */
    static void dropOn(HttpConnection connection) {
        if (connection instanceof ConnectionBase base
                && base.channelHandlerContext().pipeline().get(VERTX_CODEC) != null) {
            base.channelHandlerContext().pipeline().addAfter(VERTX_CODEC, "interim-answers", new InterimAnswers());
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (dropping && message instanceof HttpContent) {
            dropping = !(message instanceof LastHttpContent);
        } else if (message instanceof HttpResponse response
                && isUnknownInterim(response.status().code())) {
            dropping = true;
        } else {
            context.fireChannelRead(message);
            return;
        }
        ReferenceCountUtil.release(message);
    }

    private static boolean isUnknownInterim(int status) {
        return status == 102 || (status > 103 && status < 200);
    }
}
