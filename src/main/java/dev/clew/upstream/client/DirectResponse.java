package dev.clew.upstream.client;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.AsciiString;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.impl.headers.HeadersAdaptor;
import io.vertx.core.http.impl.headers.HeadersMultiMap;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.impl.VertxHandler;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The response on a {@link DirectConnection}: what the decoder reads, passed on or kept while the body is paused. */
final class DirectResponse implements UpstreamResponse {

    private static final MultiMap NONE = HeadersMultiMap.headers();
    private static final AsciiString KEEP_ALIVE = AsciiString.cached("keep-alive");

    private final DirectRequest request;
    private final DirectConnection connection;
    private final ResponseReceiver receiver;
    private final ContextInternal context;
    private @Nullable HttpResponse head;
    private @Nullable Body body;
    private MultiMap trailers = NONE;
    private boolean caughtUp;
    private final KeptParts kept = new KeptParts();
    private boolean paused;
    /** Read to its end, though perhaps not received to its end. */
    private boolean whole;

    private boolean over;

    DirectResponse(
            DirectRequest request, DirectConnection connection, ResponseReceiver receiver, ContextInternal context) {
        this.request = request;
        this.connection = connection;
        this.receiver = receiver;
        this.context = context;
    }

    /** Returns whether the exchange is over: received to its end, failed or reset. */
    boolean isOver() {
        return over;
    }

    /** @param message from the decoder */
    void read(Object message) {
        if (over || !(message instanceof HttpObject part)) {
            ReferenceCountUtil.release(message);
            return;
        }
        if (part.decoderResult().isFailure()) {
            ReferenceCountUtil.release(message);
            fail(part.decoderResult().cause());
            connection.end();
            return;
        }
        whole |= part instanceof LastHttpContent;
        if (paused || !kept.isEmpty()) {
            kept.add(part);
        } else {
            deliver(part);
        }
    }

    private void deliver(HttpObject part) {
        ContextInternal before = context.beginDispatch();
        try {
            if (part instanceof HttpResponse begun) {
                begin(begun);
            } else if (part instanceof HttpContent content) {
                receive(content);
            }
        } catch (RuntimeException fault) {
            receiver.broke(fault);
        } finally {
            context.endDispatch(before);
        }
    }

    private void begin(HttpResponse begun) {
        int status = begun.status().code();
        if (status == HttpResponseStatus.CONTINUE.code()) {
            receiver.continued();
        } else if (status == HttpResponseStatus.EARLY_HINTS.code()) {
            receiver.hinted((HeadersMultiMap) begun.headers());
        } else {
            head = begun;
            connection.responded();
            receiver.responded(this);
        }
    }

    private void receive(HttpContent content) {
        boolean last = content instanceof LastHttpContent;
        if (!content.content().isReadable()) {
            content.release();
        } else if (body == null) {
            content.release();
        } else {
            body.received(copy(content.content()));
        }
        if (last && !over) {
            end((LastHttpContent) content);
        }
    }

    /** Returns a copy, which is not pooled, since receivers keep parts without releasing them. */
    @SuppressWarnings("deprecation") // Vert.x 4 has no other way to wrap it
    private static Buffer copy(ByteBuf pooled) {
        return Buffer.buffer(VertxHandler.safeBuffer(pooled));
    }

    private void end(LastHttpContent last) {
        if (!last.trailingHeaders().isEmpty()) {
            trailers = new HeadersAdaptor(last.trailingHeaders());
        }
        try {
            if (body != null) {
                body.ended();
            }
        } finally {
            if (!over) {
                over = true;
                finish();
            }
        }
    }

    private void finish() {
        if (!connection.channel().config().isAutoRead()) {
            connection.channel().config().setAutoRead(true);
        }
        if (request.isComplete()) {
            connection.saidToKeepFor(head == null ? null : head.headers().get(KEEP_ALIVE));
            connection.release();
        } else {
            connection.abort();
        }
    }

    void caughtUp() {
        Body waiting = body;
        if (caughtUp || over || waiting == null || paused) {
            return;
        }
        caughtUp = true;
        ContextInternal before = context.beginDispatch();
        try {
            waiting.caughtUp();
        } catch (RuntimeException fault) {
            receiver.broke(fault);
        } finally {
            context.endDispatch(before);
        }
    }

    /** Ends the exchange unless the response was read to its end. */
    void fail(Throwable cause) {
        if (over || whole) {
            return;
        }
        drop();
        ContextInternal before = context.beginDispatch();
        try {
            receiver.failed(cause);
        } catch (RuntimeException fault) {
            receiver.broke(fault);
        } finally {
            context.endDispatch(before);
        }
    }

    /** Ends the exchange, and drops what was read and not received. */
    void drop() {
        over = true;
        kept.release();
    }

    private HttpResponse head() {
        return Objects.requireNonNull(head, "no response yet");
    }

    @Override
    public HttpVersion version() {
        return HttpVersion.HTTP_1_1;
    }

    @Override
    public int statusCode() {
        return head().status().code();
    }

    @Override
    public MultiMap headers() {
        return (HeadersMultiMap) head().headers();
    }

    @Override
    public MultiMap trailers() {
        return trailers;
    }

    @Override
    public void body(Body receiver) {
        body = receiver;
    }

    @Override
    public void pause() {
        if (!over) {
            paused = true;
            connection.channel().config().setAutoRead(false);
        }
    }

    @Override
    public void resume() {
        paused = false;
        HttpObject next = over ? null : kept.poll();
        while (next != null) {
            deliver(next);
            next = paused || over ? null : kept.poll();
        }
        if (!paused && !over) {
            connection.channel().config().setAutoRead(true);
        }
    }

    @Override
    public NetSocket socket() {
        throw new IllegalStateException("upgrades take Vert.x's client");
    }
}
