package dev.clew.upstream;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.config.ConfigDirectory;
import dev.clew.config.GatewaySettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
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

    /** One that is silent would fail all checks to come, whatever the server does with new ones. */
    @ParameterizedTest
    @ValueSource(strings = {"http1", "h2c"})
    void eachCheckHasAConnectionOfItsOwn(String protocol) throws Exception {
        HttpServer server = vertx.createHttpServer()
                .connectionHandler(connection -> connections.countDown())
                .requestHandler(request -> request.response().end());
        server.listen(0, "127.0.0.1").toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        Files.createDirectories(root.resolve("tenants"));
        Files.writeString(
                root.resolve("tenants/acme.yaml"),
                """
                hosts: [acme.test]
                upstreams:
                  a:
                    endpoints: ["http://127.0.0.1:%d"]
                    protocol: %s
                    health-check: {path: /, interval: 20ms, timeout: 10s}
                routes: [{name: all, match: {path: /**}, upstream: a}]
                """
                        .formatted(server.actualPort(), protocol));
        pools.prepare(new ConfigDirectory(root, Map.<String, String>of()::get)
                .follow(GatewaySettings.STANDARD)
                .current()
                .snapshot());
        assertTrue(connections.await(30, TimeUnit.SECONDS), () -> connections.getCount() + " were missing");
    }
}
