package dev.clew.listener;

import dev.clew.budget.Ledger;
import dev.clew.budget.channel.ChannelBytes;
import dev.clew.connection.AcceptGate;
import dev.clew.connection.ClientConnection;
import dev.clew.connection.FirstByteWatch;
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
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.InternetProtocolFamily;
import io.netty.handler.ssl.AbstractSniHandler;
import io.netty.handler.ssl.SslHandler;
import io.vertx.core.datagram.DatagramSocketOptions;
import io.vertx.core.net.ClientOptionsBase;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.spi.transport.Transport;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * The transport chosen by Vert.x with the listener's handlers: {@link StrictRequestDecoder} in place of Vert.x's HTTP/1
 * decoder, {@link Http2Guard} and {@link Http2FrameSplitter} in front of its HTTP/2 codec, and, if configured, tenants'
 * certificates and the PROXY protocol.
 */
final class StrictTransport implements Transport {

    private static final String VERTX_DECODER = "httpDecoder";
    private static final String VERTX_ENCODER = "httpEncoder";
    private static final String VERTX_HANDSHAKE = "handshaker";

    private final Transport chosen;
    private final WireLimits limits;
    private final Listeners listeners;

    StrictTransport(Transport chosen, WireLimits limits, Listeners listeners) {
        this.chosen = chosen;
        this.limits = limits;
        this.listeners = listeners;
    }

    Listeners listeners() {
        return listeners;
    }

    @Override
    public void configure(NetServerOptions options, boolean domainSocket, ServerBootstrap bootstrap) {
        chosen.configure(options, domainSocket, bootstrap);
        AcceptGate gate = listeners.gate(options);
        if (gate != null) {
            bootstrap.handler(gate);
        }
        bootstrap.childHandler(new StrictInitializer(bootstrap.config().childHandler(), limits, options));
    }

    /**
     * Adds the handlers after Vert.x has set up a connection; its decoder may be added only after protocol detection.
     */
    private static final class StrictInitializer extends ChannelInitializer<Channel> {

        private final ChannelHandler vertxInitializer;
        private final WireLimits limits;
        private final @Nullable ListenerCertificate certificate;
        private final Networks proxies;
        private final boolean isForClients;

        StrictInitializer(ChannelHandler vertxInitializer, WireLimits limits, NetServerOptions server) {
            this.vertxInitializer = vertxInitializer;
            this.limits = limits;
            KeyCertOptions said = server.getKeyCertOptions();
            this.isForClients = said instanceof TrafficListener;
            this.proxies = said instanceof TrafficListener proxied ? proxied.from() : Networks.NONE;
            KeyCertOptions shown = said instanceof TrafficListener proxied ? proxied.certificate() : said;
            this.certificate = shown instanceof ListenerCertificate own ? own : null;
        }

        @Override
        protected void initChannel(Channel channel) {
            ChannelPipeline pipeline = channel.pipeline();
            if (isForClients) {
                Ledger ledger = Ledger.ofProcess();
                ChannelBytes.count(channel, ledger, ledger.connections(), ChannelBytes.CONNECTION);
            }
            if (isFromProxy(channel.remoteAddress())) {
                ProxyHeader.await(pipeline, () -> {
                    ClientConnection.awaitFirstByte(channel);
                    pipeline.addLast(FirstByteWatch.afterPreamble());
                    setUp(pipeline);
                });
            } else {
                setUp(pipeline);
            }
        }

        private boolean isFromProxy(SocketAddress peer) {
            return peer instanceof InetSocketAddress inet
                    && proxies.contains(inet.getAddress().getHostAddress());
        }

        private void setUp(ChannelPipeline pipeline) {
            // After the PROXY protocol's handlers, which may remain, and ahead of Vert.x's.
            ProtocolGuard firstBytes = new ProtocolGuard(limits);
            pipeline.addLast(firstBytes, vertxInitializer);
            if (certificate != null) {
                certificate.install(pipeline);
            }
            if (pipeline.get(VERTX_HANDSHAKE) != null) {
                pipeline.addBefore(VERTX_HANDSHAKE, "first-byte", FirstByteWatch.afterPreamble());
            }
            boolean decodes = replaceDecoder(pipeline, limits);
            // Vert.x's SNI handler is replaced by a TLS handler only once the name was read.
            boolean isTls = pipeline.get(SslHandler.class) != null || pipeline.get(AbstractSniHandler.class) != null;
            if (decodes || isTls) {
                pipeline.remove(firstBytes);
            }
            if (!decodes) {
                pipeline.addLast(new FirstReadHandler(limits));
            }
        }
    }

    /**
     * Installs the strict handlers when the first bytes arrive, ahead of the decoders that TLS or HTTP/2 detection has
     * added.
     */
    private static final class FirstReadHandler extends ChannelInboundHandlerAdapter {

        private final WireLimits limits;

        FirstReadHandler(WireLimits limits) {
            this.limits = limits;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ChannelPipeline pipeline = context.pipeline();
            if (pipeline.get(ProtocolGuard.class) != null) {
                pipeline.remove(ProtocolGuard.class);
            }
            if (!replaceDecoder(pipeline, limits)) {
                pipeline.addAfter(
                        context.name(), "http2-heads", new Http2FrameSplitter(limits.fields(), System::nanoTime));
                pipeline.addAfter(context.name(), "http2-guard", new Http2Guard(limits, System::nanoTime));
                Http2StreamListener.watch(context);
            }
            context.fireChannelRead(message);
            pipeline.remove(this);
        }
    }

    private static boolean replaceDecoder(ChannelPipeline pipeline, WireLimits limits) {
        if (pipeline.get(VERTX_DECODER) == null) {
            return false;
        }
        StrictRequestDecoder decoder = new StrictRequestDecoder(limits, ClientConnection.of(pipeline.channel()));
        pipeline.replace(VERTX_DECODER, VERTX_DECODER, decoder);
        pipeline.addAfter(VERTX_ENCODER, "response-watch", decoder.responses);
        if (pipeline.get(SslHandler.class) == null) {
            pipeline.channel().config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
        }
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

    /** Creates upstream channels outside of the reserve of file descriptors; at the limit, only that attempt fails. */
    @Override
    public ChannelFactory<? extends Channel> channelFactory(boolean domainSocket) {
        ChannelFactory<? extends Channel> made = chosen.channelFactory(domainSocket);
        return () -> listeners.withinDescriptorLimit(made.newChannel());
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
