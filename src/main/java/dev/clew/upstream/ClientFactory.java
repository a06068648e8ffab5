package dev.clew.upstream;

import dev.clew.exchange.Loop;
import dev.clew.tenant.upstream.Connections;
import dev.clew.tenant.upstream.Endpoint;
import dev.clew.tenant.upstream.UpstreamTls;
import dev.clew.upstream.client.DirectClient;
import dev.clew.upstream.wire.StrictResponses;
import io.netty.util.NetUtil;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.tracing.TracingPolicy;
import java.util.List;

/** Creates one upstream's HTTP clients from its settings. */
final class ClientFactory {

    /** The initial flow-control window of a stream (RFC 9113 section 6.5.2). */
    private static final int STREAM_WINDOW_BYTES = 65_535;

    private static final int MAX_CONNECTION_WINDOW_BYTES = 16 << 20;

    private final VertxInternal vertx;
    private final Connections connections;
    private final StrictResponses responses;
    private final boolean direct;
    private final Runnable opening;

    /**
     * Creates a factory.
     *
     * @param direct whether requests that {@link DirectClient} can carry take it
     * @param opening runs before each client is created
     */
    ClientFactory(Vertx vertx, Connections connections, StrictResponses responses, boolean direct, Runnable opening) {
        this.vertx = (VertxInternal) vertx;
        this.direct = direct;
        this.connections = connections;
        this.responses = responses;
        this.opening = opening;
    }

    /** Creates a client for one event loop. Called on that loop. */
    LoopClient open(Target target, Loop loop) {
        opening.run();
        Endpoint endpoint = target.endpoint();
        boolean isDirect = direct && !endpoint.tls() && !connections.protocol().isHttp2();
        return new LoopClient(
                vertx,
                target,
                () -> vertx.httpClientBuilder().with(options(endpoint)).with(pool()),
                responses,
                connections,
                isDirect
                        ? new DirectClient(vertx, options(endpoint), target.address(), responses, loop.deadlines())
                        : null);
    }

    /** Returns the connect handler of each client. */
    StrictResponses responses() {
        return responses;
    }

    String serverName(Endpoint endpoint) {
        String other = connections.tls().serverName();
        return other == null ? endpoint.host() : other;
    }

    HttpClientOptions options(Endpoint endpoint) {
        HttpClientOptions options = new HttpClientOptions()
                .setProtocolVersion(HttpVersion.HTTP_1_1)
                .setConnectTimeout((int) connections.timeouts().connect().toMillis())
                .setKeepAliveTimeout(idleSeconds())
                // Vert.x would add its own propagation headers to the gateway's.
                .setTracingPolicy(TracingPolicy.IGNORE);
        if (connections.protocol().isHttp2()) {
            enableHttp2(options);
        }
        configureTls(options, connections.tls());
        String name = serverName(endpoint);
        // Vert.x sends no SNI for names without a dot, which cluster services have; IP addresses are not valid in SNI.
        options.setForceSni(!NetUtil.isValidIpV4Address(name) && !NetUtil.isValidIpV6Address(name));
        return options;
    }

    private int idleSeconds() {
        return (int) Math.max(1, connections.timeouts().idle().toSeconds());
    }

    private void enableHttp2(HttpClientOptions options) {
        options.setProtocolVersion(HttpVersion.HTTP_2)
                .setUseAlpn(true)
                .setAlpnVersions(List.of(HttpVersion.HTTP_2))
                .setHttp2ClearTextUpgrade(false)
                .setHttp2MultiplexingLimit(connections.streams())
                .setHttp2ConnectionWindowSize(connectionWindow())
                .setHttp2KeepAliveTimeout(idleSeconds());
        options.getInitialSettings()
                .setPushEnabled(false)
                .setMaxHeaderListSize(responses.limits().bytes());
    }

    /**
     * Leaves room for the window of each stream, so that clients that stop reading do not block the connection's other
     * streams.
     */
    private int connectionWindow() {
        return (int) Math.min(MAX_CONNECTION_WINDOW_BYTES, (long) STREAM_WINDOW_BYTES * connections.streams());
    }

    private static void configureTls(HttpClientOptions options, UpstreamTls tls) {
        options.setVerifyHost(!tls.insecure()).setTrustAll(tls.insecure());
        UpstreamTls.Pem authorities = tls.authorities();
        if (authorities != null) {
            options.setTrustOptions(new PemTrustOptions().addCertValue(Buffer.buffer(authorities.text())));
        }
        UpstreamTls.Identity identity = tls.identity();
        if (identity != null) {
            options.setKeyCertOptions(new PemKeyCertOptions()
                    .addCertValue(Buffer.buffer(identity.certificate().text()))
                    .addKeyValue(Buffer.buffer(identity.key().text())));
        }
    }

    /** Returns a pool large enough never to reject: the permits bound concurrency over all loops. */
    private PoolOptions pool() {
        int atOnce = connections.atOnce();
        int streams = connections.streams();
        // No larger, or the first requests of a burst would each open a connection.
        return new PoolOptions().setHttp1MaxSize(atOnce).setHttp2MaxSize((atOnce + streams - 1) / streams);
    }
}
