package dev.clew.listener;

import dev.clew.network.Networks;
import dev.clew.tls.ListenerCertificate;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.InternetProtocolFamily;
import io.vertx.core.datagram.DatagramSocketOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.ClientOptionsBase;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.spi.transport.Transport;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * The transport Vert.x chose, with {@link StrictRequestDecoder} in place of Vert.x's own HTTP/1 request decoder, and tenants'
 * certificates in front of the listener's and the PROXY protocol in front of all where its options have them.
 */
final class StrictTransport implements Transport {

    private static final String VERTX_DECODER = "httpDecoder";
    private static final String VERTX_ENCODER = "httpEncoder";

    private final Transport chosen;
    private final HttpServerOptions limits;

    StrictTransport(Transport chosen, HttpServerOptions limits) {
        this.chosen = chosen;
        this.limits = limits;
    }

    @Override
    public void configure(NetServerOptions options, boolean domainSocket, ServerBootstrap bootstrap) {
        chosen.configure(options, domainSocket, bootstrap);
        bootstrap.childHandler(new StrictInitializer(bootstrap.config().childHandler(), limits, options));
    }

    /** Runs after Vert.x has set up a connection; its decoder may only come once the protocol has been detected. */
    private static final class StrictInitializer extends ChannelInitializer<Channel> {

        private final ChannelHandler vertxInitializer;
        private final HttpServerOptions options;
        private final @Nullable ListenerCertificate certificate;
        private final Networks proxies;

        StrictInitializer(ChannelHandler vertxInitializer, HttpServerOptions options, NetServerOptions server) {
            this.vertxInitializer = vertxInitializer;
            this.options = options;
            KeyCertOptions said = server.getKeyCertOptions();
            this.proxies = said instanceof ProxiedListener proxied ? proxied.from() : Networks.NONE;
            KeyCertOptions shown = said instanceof ProxiedListener proxied ? proxied.certificate() : said;
            this.certificate = shown instanceof ListenerCertificate own ? own : null;
        }

        @Override
        protected void initChannel(Channel channel) {
            ChannelPipeline pipeline = channel.pipeline();
            if (isFromProxy(channel.remoteAddress())) {
                ProxyHeader.await(pipeline, () -> setUp(pipeline));
            } else {
                setUp(pipeline);
            }
        }

        private boolean isFromProxy(SocketAddress peer) {
            return peer instanceof InetSocketAddress inet
                    && proxies.contains(inet.getAddress().getHostAddress());
        }

        private void setUp(ChannelPipeline pipeline) {
            pipeline.addLast(vertxInitializer);
            if (certificate != null) {
                certificate.install(pipeline);
            }
            if (!replaceDecoder(pipeline, options)) {
                pipeline.addLast(new BeforeFirstRead(options));
            }
        }
    }

    /** Stands in front of whatever TLS or HTTP/2 detection adds behind it, so no byte is decoded before the exchange. */
    private static final class BeforeFirstRead extends ChannelInboundHandlerAdapter {

        private final HttpServerOptions options;

        BeforeFirstRead(HttpServerOptions options) {
            this.options = options;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            replaceDecoder(context.pipeline(), options);
            context.fireChannelRead(message);
            context.pipeline().remove(this);
        }
    }

    private static boolean replaceDecoder(ChannelPipeline pipeline, HttpServerOptions options) {
        if (pipeline.get(VERTX_DECODER) == null) {
            return false;
        }
        StrictRequestDecoder decoder = new StrictRequestDecoder(options);
        pipeline.replace(VERTX_DECODER, VERTX_DECODER, decoder);
        pipeline.addAfter(VERTX_ENCODER, "answer-watch", decoder.answerWatch(pipeline.context(decoder)));
        return true;
    }

    @Override
    public boolean supportsDomainSockets() {
        return chosen.supportsDomainSockets();
    }

    @Override
    public boolean supportFileRegion() {
        return chosen.supportFileRegion();
    }

    @Override
    public boolean isAvailable() {
        return chosen.isAvailable();
    }

    @Override
    public Throwable unavailabilityCause() {
        return chosen.unavailabilityCause();
    }

    @Override
    public SocketAddress convert(io.vertx.core.net.SocketAddress address) {
        return chosen.convert(address);
    }

    @Override
    public io.vertx.core.net.SocketAddress convert(SocketAddress address) {
        return chosen.convert(address);
    }

    @Override
    public EventLoopGroup eventLoopGroup(int type, int threads, ThreadFactory threadFactory, int ioRatio) {
        return chosen.eventLoopGroup(type, threads, threadFactory, ioRatio);
    }

    @Override
    public DatagramChannel datagramChannel() {
        return chosen.datagramChannel();
    }

    @Override
    public DatagramChannel datagramChannel(InternetProtocolFamily family) {
        return chosen.datagramChannel(family);
    }

    @Override
    public ChannelFactory<? extends Channel> channelFactory(boolean domainSocket) {
        return chosen.channelFactory(domainSocket);
    }

    @Override
    public ChannelFactory<? extends ServerChannel> serverChannelFactory(boolean domainSocket) {
        return chosen.serverChannelFactory(domainSocket);
    }

    @Override
    public void configure(DatagramChannel channel, DatagramSocketOptions options) {
        chosen.configure(channel, options);
    }

    @Override
    public void configure(ClientOptionsBase options, boolean domainSocket, Bootstrap bootstrap) {
        chosen.configure(options, domainSocket, bootstrap);
    }
}
