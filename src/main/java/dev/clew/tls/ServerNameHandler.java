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
 * Reads the server name (SNI) of the ClientHello. If it belongs to a tenant with a certificate, the handshake uses the
 * tenant's TLS context; otherwise the listener's handler, which stands behind this one and bounds the handshake's time,
 * performs it.
 */
final class ServerNameHandler extends AbstractSniHandler<@Nullable TenantCertificate> {

    /** The name of Vert.x's TLS handler. */
    static final String VERTX_TLS = "ssl";

    /** The limit on the ClientHello: four records (RFC 8446 section 5.1); real ones are below 2 KiB. */
    private static final int MAX_CLIENT_HELLO = 64 * 1024;

    /** No timeout: Netty's timer would outlive this handler and close the connection. */
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
        // On removal the bytes read pass to the next handler.
        context.pipeline().remove(this);
    }

    private static void takeOver(ChannelHandlerContext context, TenantCertificate certificate) throws SSLException {
        ChannelPipeline pipeline = context.pipeline();
        SslHandler tenants = certificate.newHandler(context.alloc());
        tenants.setHandshakeTimeoutMillis(pipeline.get(SslHandler.class).getHandshakeTimeoutMillis());
        ConnectionCertificates.setServerCertificate(context.channel(), certificate);
        pipeline.addAfter(VERTX_TLS, "handshake-events", HandshakeEventFilter.INSTANCE);
        pipeline.replace(VERTX_TLS, VERTX_TLS, tenants);
        pipeline.remove(HandshakeEventFilter.INSTANCE);
    }

    /** Swallows the handshake-failed event of the replaced handler, which never started a handshake. */
    @ChannelHandler.Sharable
    private static final class HandshakeEventFilter extends ChannelInboundHandlerAdapter {

        static final HandshakeEventFilter INSTANCE = new HandshakeEventFilter();

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {}
    }
}
