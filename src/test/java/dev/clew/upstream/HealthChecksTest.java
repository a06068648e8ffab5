package dev.clew.upstream;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.config.gateway.GatewaySettings;
import dev.clew.config.watch.ConfigDirectory;
import dev.clew.tenant.Snapshot;
import dev.clew.testing.SocketServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HealthChecksTest {

    private static final int CHECKS = 3;

    @TempDir
    Path root;

    private final Vertx vertx = Vertx.vertx();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final UpstreamPools pools = new UpstreamPools(vertx, meters);
    private final CountDownLatch connections = new CountDownLatch(CHECKS);

    @AfterEach
    void close() {
        pools.close();
        vertx.close();
    }

    /** A reused silent connection would fail all later checks, although the server may handle new ones. */
    @ParameterizedTest
    @ValueSource(strings = {"http1", "h2c"})
    void eachCheckHasItsOwnConnection(String protocol) throws Exception {
        HttpServer server = vertx.createHttpServer()
                .connectionHandler(connection -> connections.countDown())
                .requestHandler(request -> request.response().end());
        server.listen(0, "127.0.0.1").toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        check(server.actualPort(), protocol, "10s");
        assertTrue(connections.await(30, TimeUnit.SECONDS), () -> connections.getCount() + " were missing");
    }

    /** Vert.x would wait for the first frame as long as the connection is open, and keep its slot in the pool. */
    @Test
    void noConnectionToASilentServerOutlastsItsCheck() throws Exception {
        try (SocketServer server = SocketServer.start(this::awaitEnd)) {
            check(server.port(), "h2c", "50ms");
            assertTrue(connections.await(30, TimeUnit.SECONDS), () -> connections.getCount() + " stayed open");
        }
    }

    /** Without a timeout, the circuit of an upstream that was silent once would not be probed again. */
    @Test
    void reconnectProbesTimeOutToo() throws Exception {
        try (SocketServer server = SocketServer.start(this::awaitEnd)) {
            Snapshot snapshot = prepare(server.port(), "protocol: h2c");
            for (int i = 0; i < CHECKS; i++) {
                pools.connect(snapshot, 1, Duration.ofSeconds(10));
            }
            assertTrue(connections.await(30, TimeUnit.SECONDS), () -> connections.getCount() + " stayed open");
        }
    }

    private void awaitEnd(Socket connection) throws IOException {
        try {
            connection.getInputStream().transferTo(OutputStream.nullOutputStream());
        } finally {
            connections.countDown();
        }
    }

    private void check(int port, String protocol, String timeout) throws IOException {
        prepare(
                port,
                "protocol: %s, health-check: {path: /, interval: 20ms, timeout: %s}".formatted(protocol, timeout));
    }

    private Snapshot prepare(int port, String settings) throws IOException {
        Files.createDirectories(root.resolve("tenants"));
        Files.writeString(
                root.resolve("tenants/acme.yaml"),
                """
                hosts: [acme.test]
                upstreams:
                  a: {endpoints: ["http://127.0.0.1:%d"], %s}
                routes: [{name: all, match: {path: /**}, upstream: a}]
                """
                        .formatted(port, settings));
        Snapshot snapshot = new ConfigDirectory(root, Map.<String, String>of()::get)
                .follow(GatewaySettings.STANDARD)
                .current()
                .snapshot();
        pools.prepare(snapshot);
        return snapshot;
    }
}
