package dev.clew.listener;

import io.netty.channel.ChannelHandlerContext;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A chunked body that breaks the grammar, or the bounds of its trailers, after its request has begun. */
public final class BodyFault {

    private @Nullable Consumer<String> told;
    private @Nullable String reason;

    BodyFault() {}

    /**
     * Has whoever reads the body of an HTTP/1 connection's request told that no more of it can be read; at once if that
     * is known already. Replaces who was told before. To be called on the connection's event loop.
     *
     * @param reader gets one of {@link MalformedRequest}'s reasons
     */
    public static void watch(HttpConnection connection, Consumer<String> reader) {
        if (connection instanceof ConnectionBase base) {
            StrictRequestDecoder decoder =
                    base.channelHandlerContext().pipeline().get(StrictRequestDecoder.class);
            if (decoder != null) {
                decoder.bodyFault.tell(reader);
            }
        }
    }

    private void tell(Consumer<String> reader) {
        told = reader;
        if (reason != null) {
            reader.accept(reason);
        }
    }

    /** To be told when what was read before it has been handled. */
    void report(String why, ChannelHandlerContext context) {
        context.executor().execute(() -> {
            reason = why;
            if (told != null) {
                told.accept(why);
            }
        });
    }

    /** Another request has begun. */
    void clear() {
        reason = null;
        told = null;
    }
}
