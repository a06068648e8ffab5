package dev.clew.tls;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.AbstractSniHandler;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the server name that a client begins with. Where it is a tenant's with a certificate, the handshake is that
 * tenant's; all others are left to the listener, whose handler stands behind this one and bounds the time.
 */
final class ServerNameHandler extends AbstractSniHandler<@Nullable TenantCertificate> {

    /** Vert.x's name for what does TLS. */
    static final String VERTX_TLS = "ssl";

    /** Four records' worth (RFC 8446 section 5.1); real ones are below 2 KiB. */
    private static final int MAX_CLIENT_HELLO = 64 * 1024;

    /** Would go on after another handler has taken this one's place, and end the connection. */
    private static final long NO_TIMER = 0;

    private final SniCertificates names;

    ServerNameHandler(SniCertificates names) {
        super(MAX_CLIENT_HELLO, NO_TIMER);
        this.names = names;
    }

    @Override
    protected Future<@Nullable TenantCertificate> lookup(ChannelHandlerContext context, @Nullable String serverName) {
        return context.executor().newSucceededFuture(names.find(serverName));
    }

    @Override
    protected void onLookupComplete(
            ChannelHandlerContext context, @Nullable String serverName, Future<@Nullable TenantCertificate> found)
            throws SSLException {
        TenantCertificate certificate = found.getNow();
        if (certificate != null) {
            takeOver(context, certificate);
        }
        // What was read goes on to whatever stands behind.
        context.pipeline().remove(this);
    }

    private static void takeOver(ChannelHandlerContext context, TenantCertificate certificate) throws SSLException {
        ChannelPipeline pipeline = context.pipeline();
        SslHandler tenants = certificate.context().newHandler(context.alloc());
        tenants.setHandshakeTimeoutMillis(pipeline.get(SslHandler.class).getHandshakeTimeoutMillis());
        ConnectionCertificates.setServerCertificate(context.channel(), certificate);
        pipeline.addAfter(VERTX_TLS, "silence", HandshakeEventFilter.INSTANCE);
        pipeline.replace(VERTX_TLS, VERTX_TLS, tenants);
        pipeline.remove(HandshakeEventFilter.INSTANCE);
    }

    /** Keeps from Vert.x that the handshake failed which the listener's handler had not begun. */
    @ChannelHandler.Sharable
    private static final class HandshakeEventFilter extends ChannelInboundHandlerAdapter {

        static final HandshakeEventFilter INSTANCE = new HandshakeEventFilter();

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {}
    }
}
