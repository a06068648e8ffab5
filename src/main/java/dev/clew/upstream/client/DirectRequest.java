package dev.clew.upstream.client;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.impl.headers.HeadersMultiMap;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.net.HostAndPort;
import io.vertx.core.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/** A request on a {@link DirectConnection}: its head and its body, written as bytes. */
@SuppressWarnings("FutureReturnValueIgnored") // a write that fails closes the channel, which is noticed
final class DirectRequest implements UpstreamRequest {

    /** Bodies up to this size are copied behind the head, so that both take one write. */
    private static final int SMALL = 4096;

    /** The largest framing around a chunk's data, with the last chunk. */
    private static final int FRAMING = 32;

    private final DirectConnection connection;
    private final HttpMethod method;
    private final String target;
    private final ResponseReceiver receiver;
    private final ContextInternal context;
    private final HeadersMultiMap headers = HeadersMultiMap.httpHeaders();
    private final DirectResponse response;
    private @Nullable Handler<Void> drained;
    private boolean chunked;
    private boolean headSent;
    private boolean complete;

    /** @param context the receiver's */
    DirectRequest(
            DirectConnection connection,
            HttpMethod method,
            String target,
            ResponseReceiver receiver,
            ContextInternal context) {
        this.connection = connection;
        this.method = method;
        this.target = target;
        this.receiver = receiver;
        this.context = context;
        this.response = new DirectResponse(this, connection, receiver, context);
        connection.use(this);
    }

    DirectResponse response() {
        return response;
    }

    /** Returns whether the request was sent to its end. */
    boolean isComplete() {
        return complete;
    }

    @Override
    public HttpVersion version() {
        return HttpVersion.HTTP_1_1;
    }

    @Override
    public @Nullable SocketAddress peer() {
        return connection.peer();
    }

    @Override
    public boolean hasResponded() {
        return connection.hasResponded();
    }

    @Override
    public MultiMap headers() {
        return headers;
    }

    @Override
    public void authority(HostAndPort authority) {
        throw new IllegalStateException("HTTP/1.1 has no :authority");
    }

    @Override
    public void chunked() {
        chunked = true;
    }

    @Override
    public void sendHead() {
        if (!headSent && !response.isOver()) {
            flush(head(0));
        }
    }

    private ByteBuf head(int more) {
        ByteBuf head = RequestBytes.head(connection.channel().alloc(), method, target, headers, chunked, more);
        headSent = true;
        connection.requested(method.toNetty());
        return head;
    }

    @Override
    public void write(Buffer chunk) {
        if (!response.isOver()) {
            send(bytes(chunk), false);
        }
    }

    @Override
    public void end() {
        if (response.isOver()) {
            return;
        }
        complete = true;
        if (!headSent || chunked) {
            ByteBuf out = room(0);
            if (chunked) {
                RequestBytes.lastChunk(out);
            }
            flush(out);
        }
    }

    @Override
    public void end(Buffer last) {
        if (!response.isOver()) {
            complete = true;
            send(bytes(last), true);
        }
    }

    @SuppressWarnings("deprecation") // Vert.x 4 has no other way to them without a copy
    private static ByteBuf bytes(Buffer data) {
        return data.getByteBuf();
    }

    private void send(ByteBuf data, boolean last) {
        int size = data.readableBytes();
        boolean small = size <= SMALL;
        if (headSent && !chunked && !small) {
            flush(data);
            return;
        }
        ByteBuf out = room(small ? size : 0);
        boolean framed = chunked && size > 0;
        if (framed) {
            RequestBytes.chunkSize(size, out);
        }
        if (small) {
            out.writeBytes(data);
            data.release();
        } else {
            connection.channel().write(out, connection.unobserved());
            connection.channel().write(data, connection.unobserved());
            out = connection.channel().alloc().directBuffer(FRAMING);
        }
        if (framed) {
            RequestBytes.chunkEnd(out);
        }
        if (chunked && last) {
            RequestBytes.lastChunk(out);
        }
        flush(out);
    }

    /** Returns a buffer that begins with the head if that was not sent. */
    private ByteBuf room(int more) {
        return headSent ? connection.channel().alloc().directBuffer(more + FRAMING) : head(more + FRAMING);
    }

    private void flush(ByteBuf out) {
        Channel channel = connection.channel();
        channel.writeAndFlush(out, connection.unobserved());
    }

    @Override
    public void upgrade() {
        throw new IllegalStateException("upgrades take Vert.x's client");
    }

    @Override
    public boolean isQueueFull() {
        return !connection.channel().isWritable();
    }

    @Override
    public void drainHandler(Handler<Void> handler) {
        drained = handler;
    }

    void drained() {
        Handler<Void> waiting = drained;
        if (waiting == null) {
            return;
        }
        drained = null;
        ContextInternal before = context.beginDispatch();
        try {
            waiting.handle(null);
        } catch (RuntimeException fault) {
            receiver.broke(fault);
        } finally {
            context.endDispatch(before);
        }
    }

    @Override
    public void reset() {
        if (response.isOver()) {
            return;
        }
        response.drop();
        if (headSent) {
            connection.abort();
        } else {
            connection.release();
        }
    }

    /** Does nothing: the connection ends with its request. */
    @Override
    public void timedOut() {}

    /** Does nothing, as {@link #timedOut}. */
    @Override
    public void cancelled() {}
}
