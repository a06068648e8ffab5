package dev.clew.listener;

import dev.clew.connection.ClientConnection;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import org.jspecify.annotations.Nullable;

/** Reports responses written to the decoder of their requests; placed right behind the encoder. */
final class ResponseWatch extends ChannelOutboundHandlerAdapter {

    private static final int SWITCHING_PROTOCOLS = 101;

    private final StrictRequestDecoder decoder;
    private final @Nullable ClientConnection connection;
    private boolean begun;
    private boolean wrote;

    /** @param connection counts ended requests; null for a connection that is not counted */
    ResponseWatch(StrictRequestDecoder decoder, @Nullable ClientConnection connection) {
        this.decoder = decoder;
        this.connection = connection;
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // the promise belongs to the writer
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        wrote = true;
        if (message instanceof HttpResponse head && !isInterim(head)) {
            begun = true;
            if (ConnectionFields.saysClose(head)) {
                decoder.stopReading();
            }
        }
        context.write(message, promise);
        if (message instanceof LastHttpContent && !(message instanceof HttpResponse head && isInterim(head))) {
            begun = false;
            ClientConnection.ended(connection);
            decoder.responseWritten(context.pipeline().context(decoder));
        }
    }

    /** Returns whether a final response's head has been written but not its end. */
    boolean hasBegun() {
        return begun;
    }

    /** Returns whether anything was written since the last call, and resets the mark. */
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
