package dev.clew.upstream.client;

import dev.clew.listener.ConnectionClose;
import dev.clew.upstream.wire.ResponseDecoder;
import dev.clew.upstream.wire.StaleConnections;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.VoidChannelPromise;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.impl.HttpUtils;
import io.vertx.core.net.SocketAddress;
import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One connection to an upstream, which carries one request at a time. The last handler of its channel, behind the
 * strict decoder.
 */
@SuppressWarnings("FutureReturnValueIgnored") // the channel reports its close
final class DirectConnection extends ChannelInboundHandlerAdapter {

    private final DirectClient client;
    private @Nullable Channel channel;
    private @Nullable ResponseDecoder decoder;
    private @Nullable VoidChannelPromise unobserved;
    private @Nullable SocketAddress peer;
    private @Nullable DirectRequest current;
    private boolean responded;
    private boolean spent;
    /** The time that it is kept without a request, as the upstream said; 0 if it did not say. */
    private int keptSeconds;

    private long idleUntilNanos;

    DirectConnection(DirectClient client) {
        this.client = client;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        Channel here = context.channel();
        channel = here;
        unobserved = new VoidChannelPromise(here, false);
        decoder = client.responses().decodeIn(here.pipeline(), context.name(), this::end);
    }

    Channel channel() {
        return Objects.requireNonNull(channel, "not registered");
    }

    /** Returns the promise of writes whose failure closes the channel, which is noticed. */
    VoidChannelPromise unobserved() {
        return Objects.requireNonNull(unobserved, "not registered");
    }

    @Nullable SocketAddress peer() {
        SocketAddress known = peer;
        if (known == null && channel().remoteAddress() instanceof InetSocketAddress inet) {
            known = SocketAddress.inetSocketAddress(inet);
            peer = known;
        }
        return known;
    }

    void use(DirectRequest request) {
        current = request;
    }

    /** Begins to expect a response. */
    void requested(HttpMethod method) {
        Objects.requireNonNull(decoder, "not registered").requested(HttpMethod.HEAD.equals(method), false);
    }

    boolean hasResponded() {
        return responded;
    }

    void responded() {
        responded = true;
    }

    /** Returns whether it may carry a request, as far as is known; see {@link StaleConnections}. */
    boolean isUsable(StaleConnections stale) {
        Channel here = channel();
        return here.isActive() && !spent && !(responded && stale.detect(here));
    }

    /** Records what the upstream said of the time for which it keeps the connection; null if it said nothing. */
    void saidToKeepFor(@Nullable String keepAlive) {
        if (keepAlive != null) {
            keptSeconds = Math.max(0, HttpUtils.parseKeepAliveHeaderTimeout(keepAlive));
        }
    }

    /** @param usualNanos for which it is kept without a request if the upstream said nothing of it */
    void idleFrom(long nowNanos, long usualNanos) {
        idleUntilNanos = nowNanos + (keptSeconds == 0 ? usualNanos : TimeUnit.SECONDS.toNanos(keptSeconds));
    }

    /** Returns until when it is kept without a request, in {@link System#nanoTime} time. */
    long idleUntilNanos() {
        return idleUntilNanos;
    }

    /** Ends the current request; the connection may carry another one if it is still open. */
    void release() {
        current = null;
        if (!spent && channel().isActive()) {
            client.released(this);
        } else {
            end();
        }
    }

    /** Ends the current request and closes the connection, whose pending bytes are useless. */
    void abort() {
        current = null;
        spent = true;
        ChannelOutboundBuffer unsent = channel().unsafe().outboundBuffer();
        if (unsent != null && unsent.totalPendingWriteBytes() > 0) {
            ConnectionClose.abort(channel());
        } else {
            channel().close();
        }
    }

    /** Closes the connection, which carries no further request. What it has read is still received. */
    void end() {
        spent = true;
        channel().close();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        DirectRequest request = current;
        if (request == null) {
            ReferenceCountUtil.release(message);
        } else {
            request.response().read(message);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        DirectRequest request = current;
        if (request != null) {
            request.response().caughtUp();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        DirectRequest request = current;
        if (request != null && context.channel().isWritable()) {
            request.drained();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        client.closed(this);
        fail(new HttpClosedException("Connection was closed"));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        fail(cause);
        end();
    }

    private void fail(Throwable cause) {
        spent = true;
        DirectRequest request = current;
        if (request != null) {
            request.response().fail(cause);
        }
    }
}
