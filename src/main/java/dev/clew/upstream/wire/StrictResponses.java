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
 * Installs the strict response decoder on a client's connections, and accounts their memory. The connect handler of
 * every client in the gateway: Vert.x calls it before the connection carries its first request.
 *
 * @param limits for each response
 * @param owner account of that memory
 */
public record StrictResponses(ResponseLimits limits, Account owner) implements Handler<HttpConnection> {

    private static final String VERTX_CODEC = "codec";

    @Override
    public void handle(HttpConnection connection) {
        if (!(connection instanceof ConnectionBase base)) {
            throw new IllegalStateException("not a Vert.x connection: " + connection.getClass());
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
     * Adds the decoder to a channel that Vert.x does not handle, and accounts its memory.
     *
     * @param next the name of the handler that receives the responses
     * @param end closes the connection, so that it carries no further request
     */
    public ResponseDecoder decodeIn(ChannelPipeline pipeline, String next, Runnable end) {
        ResponseDecoder decoder = new ResponseDecoder(limits, owner, end);
        pipeline.addBefore(next, null, decoder);
        ChannelBytes.count(pipeline.channel(), Ledger.ofProcess(), owner, ChannelBytes.CONNECTION);
        return decoder;
    }

    /**
     * Removes the connection from its pool, and closes it without waiting for pending writes, which a peer that does
     * not read would block.
     */
    @SuppressWarnings("FutureReturnValueIgnored") // the channel reports it to Vert.x
    public static void end(HttpConnection connection) {
        connection.close();
        if (connection instanceof ConnectionBase base) {
            base.channelHandlerContext().close();
        }
    }
}
