package dev.clew.listener;

import io.netty.channel.ChannelHandlerContext;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A chunked body that violates the grammar, or the limits of its trailers, after its request was passed on. */
public final class BodyFault {

    private @Nullable Consumer<String> reader;
    private @Nullable String reason;

    BodyFault() {}

    /**
     * Registers the reader of the body of a connection's current HTTP/1 request, in place of any earlier one. It is
     * called when the rest of the body cannot be read, immediately if that is known. To be called on the connection's
     * event loop.
     *
     * @param reader receives one of {@link MalformedRequest}'s reasons
     */
    public static void watch(HttpConnection connection, Consumer<String> reader) {
        if (connection instanceof ConnectionBase base) {
            StrictRequestDecoder decoder =
                    base.channelHandlerContext().pipeline().get(StrictRequestDecoder.class);
            if (decoder != null) {
                decoder.bodyFault.register(reader);
            }
        }
    }

    private void register(Consumer<String> next) {
        reader = next;
        if (reason != null) {
            reader.accept(reason);
        }
    }

    /** Reports the fault after the content read before it was handled. */
    void report(String why, ChannelHandlerContext context) {
        context.executor().execute(() -> {
            reason = why;
            if (reader != null) {
                reader.accept(why);
            }
        });
    }

    /** Resets for the next request. */
    void clear() {
        reason = null;
        reader = null;
    }
}
