package dev.clew.contract;

import dev.clew.testing.OtlpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Starts all that surrounds a gateway under test, and tells the gateway where it is. One start serves every contract. */
public final class GatewayWorld implements QuarkusTestResourceLifecycleManager {

    private World world;
    private Socket reservation;

    @Override
    public Map<String, String> start() {
        try {
            return settings(build());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private World build() throws IOException {
        // Bound but not listening: whoever connects is refused, and nobody else can take the port meanwhile.
        reservation = new Socket();
        reservation.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        Path folder = Files.createTempDirectory("clew-contract");
        world = new World(EchoUpstream.start(), WireUpstream.start(), OtlpServer.start(), folder, freePort());
        WorldFiles.write(folder, world.echo().port(), world.wire().port(), reservation.getLocalPort());
        return world;
    }

    /** The names are those of the environment; the packaged application gets them as {@code -D} arguments. */
    private static Map<String, String> settings(World world) {
        Map<String, String> settings = new HashMap<>();
        settings.put("clew.config", world.folder().toString());
        settings.put("OTEL_EXPORTER_OTLP_ENDPOINT", world.otlp().endpoint());
        settings.put("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf");
        settings.put("OTEL_BSP_SCHEDULE_DELAY", "50");
        settings.put("quarkus.http.test-port", "0");
        settings.put("quarkus.management.port", Integer.toString(world.managementPort()));
        settings.put("quarkus.management.test-port", Integer.toString(world.managementPort()));
        settings.put("quarkus.log.handler.file.\"contract\".enabled", "true");
        settings.put(
                "quarkus.log.handler.file.\"contract\".path", world.accessLog().toString());
        settings.put("quarkus.log.handler.file.\"contract\".format", "%s%n");
        settings.put("quarkus.log.handler.file.\"contract\".rotation.rotate-on-boot", "false");
        settings.put("quarkus.log.category.\"dev.clew.access\".handlers", "contract");
        return settings;
    }

    /** Chosen here, because nothing tells a test which port a packaged application's management interface found. */
    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(world, new TestInjector.MatchesType(World.class));
    }

    @Override
    public void stop() {
        if (world != null) {
            world.close();
        }
        try {
            reservation.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
