package dev.clew.listener;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.handler.codec.haproxy.HAProxyMessageDecoder;
import io.netty.handler.codec.haproxy.HAProxyProxiedProtocol;
import io.netty.util.NetUtil;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.ScheduledFuture;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.impl.ConnectionBase;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Reads the PROXY protocol header (HAProxy, "The PROXY protocol", versions 1 and 2) at the start of a load balancer's
 * connection, and replaces the connection's remote address by the client's that it names.
 *
 * <p>A connection without a header, or with a malformed one, is closed: a receiver must not guess (section 4), and only
 * the load balancer connects from its address.
 */
final class ProxyHeader extends ChannelInboundHandlerAdapter {

    private static final Logger LOG = Logger.getLogger(ProxyHeader.class);

    /** The timeout for the header: longer than the delay of a lost packet; section 3 requires at least 3 s. */
    private static final long PATIENCE_SECONDS = 5;

    /** The bound on the TLVs of version 2, which are ignored. */
    private static final int MAX_TLV_BYTES = 4096;

    private final Runnable setUp;
    private @Nullable ScheduledFuture<?> patience;

    private ProxyHeader(Runnable setUp) {
        this.setUp = setUp;
    }

    /**
     * Adds the handlers that read the header to an empty pipeline.
     *
     * @param setUp adds all other handlers once the header was read
     */
    static void await(ChannelPipeline pipeline, Runnable setUp) {
        pipeline.addLast(new HAProxyMessageDecoder(MAX_TLV_BYTES, true), new ProxyHeader(setUp));
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        patience = context.executor().schedule(() -> reject(context), PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        if (patience != null) {
            patience.cancel(false);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        try {
            if (message instanceof HAProxyMessage header) {
                SocketAddress client = client(header);
                if (client != null) {
                    context.channel()
                            .attr(ConnectionBase.REMOTE_ADDRESS_OVERRIDE)
                            .set(client);
                }
                setUp.run();
                // On removal the decoder passes on the bytes behind the header.
                context.pipeline().remove(this);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    /**
     * Returns the client's address; null for the load balancer's own connections, such as health checks, and without a
     * usable address.
     */
    private static @Nullable SocketAddress client(HAProxyMessage header) {
        HAProxyProxiedProtocol protocol = header.proxiedProtocol();
        if (protocol != HAProxyProxiedProtocol.TCP4 && protocol != HAProxyProxiedProtocol.TCP6) {
            return null;
        }
        InetAddress address = NetUtil.createInetAddressFromIpAddressString(header.sourceAddress());
        return address == null
                ? null
                : SocketAddress.inetSocketAddress(new InetSocketAddress(address, header.sourcePort()));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        reject(context);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // nothing depends on the close
    private static void reject(ChannelHandlerContext context) {
        LOG.debug("closing a connection without the required PROXY protocol header");
        context.close();
    }
}
