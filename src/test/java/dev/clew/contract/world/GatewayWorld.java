package dev.clew.contract.world;

import dev.clew.contract.server.CallUpstream;
import dev.clew.contract.server.EchoUpstream;
import dev.clew.contract.server.FullListener;
import dev.clew.contract.server.HandUpstream;
import dev.clew.contract.server.WireUpstream;
import dev.clew.testing.FreePort;
import dev.clew.testing.OtlpServer;
import dev.clew.testing.RedisStandIn;
import dev.clew.testing.TestKeyStore;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Starts the surroundings of a gateway under test and configures the gateway for them. One start serves all contracts.
 */
public final class GatewayWorld implements QuarkusTestResourceLifecycleManager {

    private World world;
    private Socket reservation;
    private FullListener full;
    private Fleet fleet;
    private GrpcServices grpc;
    private RedisStandIn redis;
    private Issuers issuers;

    @Override
    public Map<String, String> start() {
        try {
            Map<String, String> settings = settings(build());
            redis = new RedisStandIn();
            settings.put("quarkus.redis.hosts", redis.url());
            settings.put("clew.shared-rate.wait", "2s");
            settings.put("quarkus.vertx.resolver.servers", fleet.names().address());
            return settings;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private World build() throws IOException {
        // Bound but not listening: connections are refused, and the port cannot be taken meanwhile.
        reservation = new Socket();
        reservation.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        Path folder = Files.createTempDirectory("clew-contract");
        full = new FullListener();
        world = new World(
                EchoUpstream.start(),
                new WireUpstream(),
                new HandUpstream(),
                OtlpServer.start(),
                folder,
                FreePort.any(),
                FreePort.any());
        WorldFiles.write(folder, world.echo().port(), world.wire().port(), reservation.getLocalPort());
        StreamFiles.write(folder, world.hand().port(), full.port(), world.echo().port());
        LimitFiles.write(folder, world.echo().port(), world.hand().port());
        RouteFiles.write(folder, world.echo().port());
        SpanFiles.write(
                folder,
                Map.of(
                        "ECHO", world.echo().port(),
                        "HAND", world.hand().port(),
                        "WIRE", world.wire().port(),
                        "FULL", full.port(),
                        "REFUSED", reservation.getLocalPort()));
        MirrorFiles.write(
                folder,
                Map.of(
                        "ECHO", world.echo().port(),
                        "HAND", world.hand().port(),
                        "FULL", full.port(),
                        "REFUSED", reservation.getLocalPort()));
        TestKeyStore.create(folder);
        TlsFiles.write(folder, world.echo().port());
        fleet = Fleet.start(folder, world.hand().port());
        grpc = new GrpcServices(new CallUpstream(), FreePort.any());
        CircuitFiles.write(folder, fleet.replica(0), world.hand().port(), reservation.getLocalPort());
        GrpcFiles.write(folder, grpc.interopPort(), grpc.calls().port(), reservation.getLocalPort());
        issuers = Issuers.start(folder, world.echo().port());
        return world;
    }

    /**
     * Returns the settings by the names of their variables; the packaged application gets them as {@code -D} arguments.
     */
    private static Map<String, String> settings(World world) {
        Map<String, String> settings = new HashMap<>();
        settings.put("clew.config", world.folder().toString());
        settings.put("OTEL_EXPORTER_OTLP_ENDPOINT", world.otlp().endpoint());
        settings.put("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf");
        settings.put("OTEL_BSP_SCHEDULE_DELAY", "50");
        settings.put("OTEL_LOGS_EXPORTER", "otlp");
        settings.put("OTEL_BLRP_SCHEDULE_DELAY", "50");
        settings.put("OTEL_METRICS_EXPORTER", "otlp");
        settings.put("OTEL_METRIC_EXPORT_INTERVAL", "3000");
        settings.put("quarkus.http.test-port", "0");
        settings.put("quarkus.http.ssl-port", Integer.toString(world.tlsPort()));
        settings.put("quarkus.http.test-ssl-port", Integer.toString(world.tlsPort()));
        settings.put(
                "quarkus.http.ssl.certificate.key-store-file",
                world.folder().resolve("listener.p12").toString());
        settings.put("quarkus.http.ssl.certificate.key-store-password", TestKeyStore.PASSWORD);
        settings.put("clew.https-port", "8443");
        settings.put("clew.head-timeout", "3s");
        settings.put("clew.warm-up.upstreams", "0");
        settings.put("quarkus.management.port", Integer.toString(world.managementPort()));
        settings.put("quarkus.management.test-port", Integer.toString(world.managementPort()));
        settings.put("quarkus.log.handler.file.\"contract\".enabled", "true");
        settings.put(
                "quarkus.log.handler.file.\"contract\".path", world.accessLog().toString());
        settings.put("quarkus.log.handler.file.\"contract\".format", "%s%n");
        settings.put("quarkus.log.handler.file.\"contract\".rotation.rotate-on-boot", "false");
        settings.put("quarkus.log.category.\"dev.clew.access\".handlers", "contract");
        settings.put("quarkus.log.handlers", "gateway");
        settings.put("quarkus.log.handler.file.\"gateway\".enabled", "true");
        settings.put("quarkus.log.handler.file.\"gateway\".path", world.log().toString());
        settings.put("quarkus.log.handler.file.\"gateway\".rotation.rotate-on-boot", "false");
        settings.put("quarkus.log.handler.file.\"blocked\".enabled", "true");
        settings.put(
                "quarkus.log.handler.file.\"blocked\".path",
                world.blockedThreads().toString());
        settings.put("quarkus.log.category.\"io.vertx.core.impl.BlockedThreadChecker\".handlers", "blocked");
        return settings;
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(world, new TestInjector.MatchesType(World.class));
        injector.injectIntoFields(grpc, new TestInjector.MatchesType(GrpcServices.class));
        injector.injectIntoFields(redis, new TestInjector.MatchesType(RedisStandIn.class));
        injector.injectIntoFields(issuers, new TestInjector.MatchesType(Issuers.class));
        injector.injectIntoFields(fleet, new TestInjector.MatchesType(Fleet.class));
    }

    @Override
    public void stop() {
        if (world != null) {
            world.close();
        }
        if (grpc != null) {
            grpc.calls().close();
        }
        if (redis != null) {
            redis.close();
        }
        if (issuers != null) {
            issuers.close();
        }
        if (fleet != null) {
            fleet.close();
        }
        try {
            reservation.close();
            full.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
