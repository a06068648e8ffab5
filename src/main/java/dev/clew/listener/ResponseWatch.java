package dev.clew.listener;

import dev.clew.connection.ClientConnection;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import org.jspecify.annotations.Nullable;

/** Sees responses go out, for the decoder that has read their requests; stands right behind the encoder. */
final class ResponseWatch extends ChannelOutboundHandlerAdapter {

    private static final int SWITCHING_PROTOCOLS = 101;

    private final StrictRequestDecoder decoder;
    private final @Nullable ClientConnection connection;
    private boolean begun;
    private boolean wrote;

    /** @param connection which it tells of requests that have ended, if it is one of those that are counted */
    ResponseWatch(StrictRequestDecoder decoder, @Nullable ClientConnection connection) {
        this.decoder = decoder;
        this.connection = connection;
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // the promise is the writer's
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        wrote = true;
        if (message instanceof HttpResponse head && !isInterim(head)) {
            begun = true;
            if (ConnectionFields.saysClose(head)) {
                decoder.readNoMore();
            }
        }
        context.write(message, promise);
        if (message instanceof LastHttpContent && !(message instanceof HttpResponse head && isInterim(head))) {
            begun = false;
            ClientConnection.ended(connection);
            decoder.responseWritten(context.pipeline().context(decoder));
        }
    }

    /** Returns whether the head of a final response has been written, and not yet its end. */
    boolean hasBegun() {
        return begun;
    }

    /** Returns whether anything has been written since this was last asked. */
    boolean takeWrote() {
        boolean was = wrote;
        wrote = false;
        return was;
    }

    private static boolean isInterim(HttpResponse response) {
        return response.status().codeClass() == HttpStatusClass.INFORMATIONAL
                && response.status().code() != SWITCHING_PROTOCOLS;
    }
}
