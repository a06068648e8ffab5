package dev.clew.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.clew.config.gateway.GatewaySettings;
import dev.clew.config.watch.ConfigDirectory;
import dev.clew.contract.client.Call;
import dev.clew.contract.client.RawClient;
import dev.clew.contract.client.TlsCaller;
import dev.clew.tenant.Snapshot;
import dev.clew.tenant.Tenant;
import dev.clew.testing.TestCertificate;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Adding, changing and removing tenants' certificates while a listener without a default certificate is open. */
class CertificateChangeTest {

    private static final String TENANT =
            """
            hosts: [%1$s]
            tls: {certificate: tls/%1$s.crt, key: tls/%1$s.key}
            upstreams: {a: {endpoints: ["http://a"]}}
            routes: [{name: all, match: {path: /**}, upstream: a}]
            """;

    @TempDir
    Path folder;

    private Vertx vertx;
    private HttpServer server;
    private SniCertificates names;

    @BeforeEach
    void listen() throws Exception {
        vertx = Vertx.vertx();
        HttpServerOptions options = new HttpServerOptions()
                .setSsl(true)
                .setUseAlpn(true)
                .setSslHandshakeTimeout(500)
                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS);
        names = ListenerCertificate.extend(options, null, new SessionTickets(), new Staple());
        server = vertx.createHttpServer(options)
                .requestHandler(request -> request.response().end("served"))
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(30, TimeUnit.SECONDS);
        Files.createDirectories(folder.resolve("tenants"));
        tenant("a.test");
    }

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private TestCertificate tenant(String host) throws IOException {
        Files.writeString(folder.resolve("tenants/" + host.charAt(0) + ".yaml"), TENANT.formatted(host));
        return TestCertificate.create(folder.resolve("tls"), host);
    }

    private List<String> apply() {
        Snapshot snapshot = new ConfigDirectory(folder, name -> null)
                .follow(GatewaySettings.STANDARD)
                .current()
                .snapshot();
        return names.apply(snapshot).stream()
                .map(Tenant::id)
                .map(Object::toString)
                .toList();
    }

    private TlsCaller caller() {
        return TlsCaller.of(server.actualPort());
    }

    private static int ask(RawClient client) {
        return client.send(Call.get("/").host("a.test")).read().status();
    }

    @Test
    void presentsANewCertificateToNewConnectionsAndKeepsOpenOnes() throws IOException {
        apply();
        try (SSLSocket socket = caller().connect("a.test");
                RawClient client = new RawClient(socket)) {
            assertEquals(200, ask(client));
            var before = caller().shown("a.test");
            TestCertificate renewed = tenant("a.test");
            assertEquals(List.of("a"), apply());

            assertEquals(200, ask(client));
            assertEquals(renewed.read(), caller().shown("a.test"));
            assertNotEquals(before, renewed.read());
        }
    }

    @Test
    void reportsNoChangeForAnUnchangedCertificate() throws IOException {
        assertEquals(List.of("a"), apply());
        tenant("b.test");

        assertEquals(List.of("b"), apply());
        assertEquals(List.of(), apply());
        assertEquals(
                "CN=b.test", caller().shown("b.test").getSubjectX500Principal().getName());
    }

    @Test
    void presentsNoCertificateOfARemovedTenant() throws IOException {
        apply();
        try (SSLSocket socket = caller().connect("a.test");
                RawClient client = new RawClient(socket)) {
            assertEquals(200, ask(client));
            names.apply(Snapshot.EMPTY);

            assertEquals(200, ask(client));
            assertThrows(SSLException.class, () -> handshake("a.test"));
        }
    }

    private void handshake(String serverName) throws IOException {
        try (SSLSocket socket = caller().connect(serverName)) {
            socket.startHandshake();
        }
    }

    @Test
    void rejectsOtherNamesWithoutADefaultCertificate() throws IOException {
        apply();

        assertThrows(SSLException.class, () -> handshake("nobody.test"));
        assertThrows(SSLException.class, () -> handshake(null));
        handshake("a.test");
    }

    @Test
    void closesASilentConnection() {
        apply();
        try (RawClient client = new RawClient("127.0.0.1", server.actualPort())) {
            assertEquals("", client.readToEnd());
        }
    }

    /** The start of a handshake record whose declared length exceeds the limit. */
    @Test
    void rejectsAnOversizedClientHello() {
        apply();
        try (RawClient client = new RawClient("127.0.0.1", server.actualPort())) {
            client.send(new byte[] {22, 3, 1, 0x40, 0, 1, 0x7f, 0, 0, 3, 3});

            client.readToEnd();
        }
    }
}
