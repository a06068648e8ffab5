package dev.clew.contract.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.clew.contract.client.Call;
import dev.clew.contract.client.RawClient;
import dev.clew.contract.client.TlsCaller;
import dev.clew.contract.world.GatewayProcess;
import dev.clew.contract.world.OwnWorld;
import dev.clew.testing.Await;
import dev.clew.testing.FreePort;
import dev.clew.testing.TestCertificate;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;

/** The packaged gateway, whose tenant's certificate is renewed in its Secret while connections are open. */
class CertificateRotationIT {

    private static final String HOST = "own.test";

    private static void writeTenant(OwnWorld world) throws IOException {
        Files.writeString(
                world.folder().resolve("tenants/own.yaml"),
                """
                hosts: [own.test]
                tls: {certificate: tls/own.test.crt, key: tls/own.test.key}
                upstreams: {a: {endpoints: ["http://127.0.0.1:%d"]}}
                routes: [{name: all, match: {path: /**}, upstream: a}]
                """
                        .formatted(world.echo().port()));
    }

    /** A mounted Secret: each file is a link into {@code ..data}, a link that is replaced as a whole. */
    private static TestCertificate renew(Path mount, String version) throws IOException {
        TestCertificate certificate = TestCertificate.create(mount.resolve(version), HOST);
        Path next = Files.createSymbolicLink(mount.resolve("..data_tmp"), Path.of(version));
        Files.move(next, mount.resolve("..data"), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return certificate;
    }

    @Test
    void whoConnectsNextIsShownTheNewOneAndOpenConnectionsGoOn() throws Exception {
        int port = FreePort.any();
        try (OwnWorld world = OwnWorld.start()) {
            Path mount = Files.createDirectories(world.folder().resolve("tls"));
            TestCertificate first = renew(mount, "..1");
            for (String file : new String[] {"own.test.crt", "own.test.key"}) {
                Files.createSymbolicLink(mount.resolve(file), Path.of("..data", file));
            }
            writeTenant(world);
            Map<String, String> environment =
                    Map.of("QUARKUS_HTTP_SSL_PORT", Integer.toString(port), "CLEW_CONFIG_POLL", "10ms");
            try (GatewayProcess gateway = GatewayProcess.start(world.folder(), environment);
                    SSLSocket socket = TlsCaller.of(port).connect(HOST);
                    RawClient open = new RawClient(socket)) {
                assertEquals(first.read(), TlsCaller.of(port).shown(HOST));
                assertEquals(200, ask(open));

                TestCertificate second = renew(mount, "..2");
                Await.until("new certificate", () -> shows(port, second));
                assertEquals(200, ask(open));
                assertEquals(0, gateway.metrics().sum("clew_config_problems"));
            }
        }
    }

    /** The listener's own, as cert-manager renews it in the Secret clew-tls. */
    @Test
    void theListenersOwnCertificateIsRenewedWithoutARestart() throws Exception {
        int port = FreePort.any();
        try (OwnWorld world = OwnWorld.start()) {
            Path mount = Files.createDirectories(world.folder().resolve("tls"));
            TestCertificate first = renew(mount, "..1");
            Files.createSymbolicLink(mount.resolve("tls.crt"), Path.of("..data", "own.test.crt"));
            Files.createSymbolicLink(mount.resolve("tls.key"), Path.of("..data", "own.test.key"));
            Map<String, String> environment =
                    Map.of("QUARKUS_HTTP_SSL_PORT", Integer.toString(port), "CLEW_CONFIG_POLL", "10ms");
            try (GatewayProcess gateway = GatewayProcess.start(world.folder(), environment)) {
                assertEquals(first.read(), TlsCaller.of(port).shown(HOST));

                TestCertificate second = renew(mount, "..2");
                Await.until("new certificate", () -> shows(port, second));
                Files.writeString(mount.resolve("..2/own.test.key"), "no key");
                Await.until("complaint", () -> gateway.output().stream()
                        .anyMatch(line -> line.contains("the last certificate stays in use")));
                assertEquals(second.read(), TlsCaller.of(port).shown(HOST));
            }
        }
    }

    /** The TLS port opens only at the start. */
    @Test
    void aFirstCertificateNeedsARestartAndThatIsSaid() throws Exception {
        try (OwnWorld world = OwnWorld.start()) {
            TestCertificate.create(world.folder().resolve("tls"), HOST);
            Map<String, String> environment = Map.of("QUARKUS_HTTP_SSL_PORT", "0", "CLEW_CONFIG_POLL", "10ms");
            try (GatewayProcess gateway = GatewayProcess.start(world.folder(), environment)) {
                assertEquals(new JsonArray(), needsRestart(gateway));
                writeTenant(world);
                JsonArray expected = new JsonArray().add("tenants/*: tls.certificate");
                Await.until("required restart", () -> needsRestart(gateway).equals(expected));
                assertEquals(
                        1,
                        gateway.output().stream()
                                .filter(line -> line.contains("need a restart: tenants/*: tls.certificate"))
                                .count());
                Files.delete(world.folder().resolve("tenants/own.yaml"));
                Await.until(
                        "end of required restart", () -> needsRestart(gateway).isEmpty());
            }
            writeTenant(world);
            try (GatewayProcess gateway = GatewayProcess.start(world.folder(), environment)) {
                assertEquals(new JsonArray(), needsRestart(gateway));
            }
        }
    }

    private static JsonArray needsRestart(GatewayProcess gateway) {
        return new JsonObject(gateway.metrics().page("/q/config")).getJsonArray("needsRestart");
    }

    private static int ask(RawClient client) {
        return client.send(Call.get("/x").host(HOST)).read().status();
    }

    private static boolean shows(int port, TestCertificate certificate) {
        try {
            return TlsCaller.of(port).shown(HOST).equals(certificate.read());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
