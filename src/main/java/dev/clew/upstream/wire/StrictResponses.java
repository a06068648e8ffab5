package dev.clew.upstream.wire;

import dev.clew.budget.Account;
import dev.clew.budget.Ledger;
import dev.clew.budget.channel.ChannelBytes;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http2.Http2ConnectionDecoder;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;

/**
 * Has the responses on a client's connections read strictly, and counts the memory that the connections take. To be the
 * connect handler of every client that the gateway has: Vert.x calls it before the connection carries its first
 * request.
 *
 * @param limits for each response
 * @param owner of that memory
 */
public record StrictResponses(ResponseLimits limits, Account owner) implements Handler<HttpConnection> {

    private static final String VERTX_CODEC = "codec";

    @Override
    public void handle(HttpConnection connection) {
        if (!(connection instanceof ConnectionBase base)) {
            throw new IllegalStateException("not a connection of Vert.x: " + connection.getClass());
        }
        ChannelBytes.count(connection, Ledger.ofProcess(), owner, ChannelBytes.CONNECTION);
        ChannelPipeline pipeline = base.channelHandlerContext().pipeline();
        Http2ConnectionHandler http2 = pipeline.get(Http2ConnectionHandler.class);
        if (http2 != null) {
            Http2ConnectionDecoder decoder = http2.decoder();
            decoder.frameListener(new Http2Responses(decoder.frameListener(), limits));
        } else {
            ResponseDecoder decoder = new ResponseDecoder(limits, owner, () -> end(connection));
            pipeline.replace(VERTX_CODEC, VERTX_CODEC, new ResponseCodec(decoder));
        }
    }

    /**
     * Takes the connection from its pool, and then does not wait for what is still to be sent: who does not read would
     * hold it.
     */
    @SuppressWarnings("FutureReturnValueIgnored") // Vert.x is told by the channel
    public static void end(HttpConnection connection) {
        connection.close();
        if (connection instanceof ConnectionBase base) {
            base.channelHandlerContext().close();
        }
    }
}
