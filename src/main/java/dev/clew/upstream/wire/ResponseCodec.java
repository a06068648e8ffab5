package dev.clew.upstream.wire;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.CombinedChannelDuplexHandler;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestEncoder;
import java.util.List;

/** One HTTP/1 connection's {@link ResponseDecoder}, with an encoder that reports each request to it. */
final class ResponseCodec extends CombinedChannelDuplexHandler<ResponseDecoder, HttpRequestEncoder> {

    ResponseCodec(ResponseDecoder decoder) {
        super(decoder, new HttpRequestEncoder() {
            @Override
            protected void encode(ChannelHandlerContext context, Object message, List<Object> out) throws Exception {
                if (message instanceof HttpRequest request) {
                    decoder.requested(
                            HttpMethod.HEAD.equals(request.method()),
                            request.headers().contains(HttpHeaderNames.UPGRADE));
                }
                super.encode(context, message, out);
            }
        });
    }

    ResponseDecoder decoder() {
        return inboundHandler();
    }
}
