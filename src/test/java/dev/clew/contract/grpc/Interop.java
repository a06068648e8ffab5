package dev.clew.contract.grpc;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.contract.world.GrpcFiles;
import dev.clew.testing.Await;
import io.grpc.ForwardingServerBuilder;
import io.grpc.InsecureServerCredentials;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Server;
import io.grpc.ServerBuilder;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.testing.integration.AbstractInteropTest;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.junit.Ignore;
import org.junit.Test;

/** The gRPC project's own client and server, with the gateway between them. */
final class Interop extends AbstractInteropTest implements AutoCloseable {

    private final int gateway;
    private final boolean tls;
    private final int upstream;
    private @Nullable Server server;

    /** @param upstream the port on which the gateway expects the server */
    Interop(int gateway, boolean tls, int upstream) {
        this.gateway = gateway;
        this.tls = tls;
        this.upstream = upstream;
        setUp();
    }

    /** All cases that the project runs on its own implementations, except two that need OpenCensus. */
    static Stream<Method> cases() {
        return Arrays.stream(AbstractInteropTest.class.getMethods())
                .filter(method -> method.isAnnotationPresent(Test.class)
                        && !method.isAnnotationPresent(Ignore.class)
                        && !method.getName().equals("censusContextsPropagated"));
    }

    @Override
    protected ManagedChannelBuilder<?> createChannelBuilder() {
        NettyChannelBuilder builder = NettyChannelBuilder.forAddress("127.0.0.1", gateway)
                .overrideAuthority(GrpcFiles.HOST)
                .flowControlWindow(TEST_FLOW_CONTROL_WINDOW)
                .maxInboundMessageSize(MAX_MESSAGE_SIZE);
        return tls ? builder.sslContext(trusting()) : builder.usePlaintext();
    }

    private static SslContext trusting() {
        try {
            return GrpcSslContexts.configure(GrpcSslContexts.forClient(), SslProvider.JDK)
                    .trustManager(InsecureTrustManagerFactory.INSTANCE)
                    .build();
        } catch (SSLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    protected ServerBuilder<?> getServerBuilder() {
        ServerBuilder<?> builder = NettyServerBuilder.forPort(upstream, InsecureServerCredentials.create())
                .flowControlWindow(TEST_FLOW_CONTROL_WINDOW)
                .maxInboundMessageSize(MAX_MESSAGE_SIZE);
        return new KeptServer(builder);
    }

    private final class KeptServer extends ForwardingServerBuilder<KeptServer> {

        private final ServerBuilder<?> builder;

        KeptServer(ServerBuilder<?> builder) {
            this.builder = builder;
        }

        @Override
        protected ServerBuilder<?> delegate() {
            return builder;
        }

        @Override
        public Server build() {
            server = super.build();
            return server;
        }
    }

    @Override
    protected boolean metricsExpected() {
        return false;
    }

    /** Closes in this order, so that the gateway has read the end of its connection before the next case begins. */
    @Override
    public void close() throws InterruptedException {
        channel.shutdownNow();
        if (server != null) {
            assertTrue(server.shutdown().awaitTermination(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS));
        }
        tearDown();
    }
}
