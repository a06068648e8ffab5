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
 * The header of the PROXY protocol (HAProxy, "The PROXY protocol", versions 1 and 2) that a load balancer's connection begins with
 * and that names the client. From there on the connection is the client's, to everybody who asks it for its other end.
 *
 * <p>Without one, or with a malformed one, the connection ends: a receiver must not guess (section 4), and nobody else than the load
 * balancer connects from its address.
 */
final class ProxyHeader extends ChannelInboundHandlerAdapter {

    private static final Logger LOG = Logger.getLogger(ProxyHeader.class);

    /** Not shorter than what a lost packet costs: section 3 asks for at least 3 s. */
    private static final long PATIENCE_SECONDS = 5;

    /** What may stand behind the addresses in version 2, and is not looked at. */
    private static final int MAX_TLV_BYTES = 4096;

    private final Runnable setUp;
    private @Nullable ScheduledFuture<?> patience;

    private ProxyHeader(Runnable setUp) {
        this.setUp = setUp;
    }

    /**
     * Reads it in front of all else.
     *
     * @param setUp adds everything else to the pipeline, when it has been read
     */
    static void await(ChannelPipeline pipeline, Runnable setUp) {
        pipeline.addLast(new HAProxyMessageDecoder(MAX_TLV_BYTES, true), new ProxyHeader(setUp));
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        patience = context.executor().schedule(() -> refuse(context), PATIENCE_SECONDS, TimeUnit.SECONDS);
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
                // What was read behind the header, the decoder passes on as it goes.
                context.pipeline().remove(this);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    /** Null where the connection is the load balancer's own, as for its health checks, or says no address that could be used. */
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
        refuse(context);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // nobody waits for the end
    private static void refuse(ChannelHandlerContext context) {
        LOG.debug("a connection from where proxy-protocol is expected does not begin with its header, and is closed");
        context.close();
    }
}
