package dev.clew.contract.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.contract.client.Call;
import dev.clew.contract.client.TlsCaller;
import dev.clew.contract.world.GatewayProcess;
import dev.clew.contract.world.OwnWorld;
import dev.clew.testing.FreePort;
import dev.clew.testing.TestCertificate;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;

/** The conditions under which the packaged gateway listens for TLS. */
class TlsListenerIT {

    private static void write(Path folder, int echo, String tls) throws IOException {
        Files.writeString(
                Files.createDirectories(folder.resolve("tenants")).resolve("own.yaml"),
                """
                hosts: [own.test]
                tls: {%s}
                upstreams: {a: {endpoints: ["http://127.0.0.1:%d"]}}
                routes: [{name: all, match: {path: /**}, upstream: a}]
                """
                        .formatted(tls, echo));
    }

    private static GatewayProcess start(Path folder, int tlsPort) throws IOException {
        return GatewayProcess.start(folder, Map.of("QUARKUS_HTTP_SSL_PORT", Integer.toString(tlsPort)));
    }

    @Test
    void listensForTenantsCertificatesAlone() throws IOException {
        int port = FreePort.any();
        try (OwnWorld world = OwnWorld.start()) {
            TestCertificate.createExpired(world.folder().resolve("tls"), "own.test");
            write(world.folder(), world.echo().port(), "certificate: tls/own.test.crt, key: tls/own.test.key");
            try (GatewayProcess gateway = start(world.folder(), port)) {
                Call call = Call.get("/x").host("own.test");

                assertEquals(200, TlsCaller.of(port).send("own.test", call).status());
                assertThrows(SSLException.class, () -> {
                    try (SSLSocket socket = TlsCaller.of(port).connect("nobody.test")) {
                        socket.startHandshake();
                    }
                });
                assertTrue(
                        gateway.output().stream().anyMatch(line -> line.contains("tenant own: certificate valid only")),
                        () -> gateway.output().toString());
            }
        }
    }

    @Test
    void opensNoPortForNobodysCertificate() throws IOException {
        int port = FreePort.any();
        try (OwnWorld world = OwnWorld.start()) {
            write(world.folder(), world.echo().port(), "redirect: true");
            try (GatewayProcess gateway = start(world.folder(), port)) {
                assertEquals(
                        "https://own.test/x",
                        gateway.send(Call.get("/x").host("own.test")).one("location"));
                assertThrows(ConnectException.class, () -> TlsCaller.of(port).connect("own.test"));
            }
        }
    }
}
