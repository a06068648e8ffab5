package dev.clew.listener;

import dev.clew.connection.ClientConnection;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2ConnectionAdapter;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Stream;

/** Counts the streams of an HTTP/2 connection, each of which is a request, on its {@link ClientConnection}. */
final class Http2StreamListener extends Http2ConnectionAdapter {

    private final ClientConnection connection;

    private Http2StreamListener(ClientConnection connection) {
        this.connection = connection;
    }

    /** Registers for the streams to come if the pipeline has an HTTP/2 codec. */
    static void watch(ChannelHandlerContext context) {
        Http2ConnectionHandler codec = context.pipeline().get(Http2ConnectionHandler.class);
        ClientConnection connection = ClientConnection.of(context.channel());
        if (codec != null && connection != null) {
            connection.markHttp2();
            codec.connection().addListener(new Http2StreamListener(connection));
        }
    }

    @Override
    public void onStreamActive(Http2Stream stream) {
        connection.requestBegan();
    }

    @Override
    public void onStreamClosed(Http2Stream stream) {
        connection.requestEnded();
    }
}
