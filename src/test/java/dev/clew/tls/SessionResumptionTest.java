package dev.clew.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.clew.config.gateway.GatewaySettings;
import dev.clew.config.watch.ConfigDirectory;
import dev.clew.tenant.Snapshot;
import dev.clew.testing.TestCertificate;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import javax.net.ssl.KeyManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sessions of one client at two replicas with the same certificates. */
class SessionResumptionTest {

    private static final String OWN = "own.test";
    private static final String FIRST = "a secret that is long enough, no. 1";
    private static final String SECOND = "a secret that is long enough, no. 2";
    private static final String THIRD = "a secret that is long enough, no. 3";

    private static final String TENANT =
            """
            hosts: [%1$s]
            tls: {certificate: tls/%1$s.crt, key: tls/%1$s.key}
            upstreams: {a: {endpoints: ["http://a"]}}
            routes: [{name: all, match: {path: /**}, upstream: a}]
            """;

    @TempDir
    Path folder;

    private final Vertx vertx = Vertx.vertx();
    private Replica here;
    private Replica there;

    private record Replica(SniCertificates names, SslContext own, SessionTickets tickets) {

        void use(String... secrets) {
            byte[] lines = String.join("\n", secrets).getBytes(StandardCharsets.UTF_8);
            tickets.use(Objects.requireNonNull(TicketSecrets.of(lines)));
        }

        SslHandler handler(String name) throws IOException {
            TenantCertificate certificate = names.find(name);
            return certificate == null
                    ? own.newHandler(ByteBufAllocator.DEFAULT)
                    : certificate.newHandler(ByteBufAllocator.DEFAULT);
        }
    }

    @BeforeEach
    void listen() throws Exception {
        assumeTrue(TlsLibrary.inUse() == TlsLibrary.BORINGSSL);
        Files.createDirectories(folder.resolve("tenants"));
        TestCertificate own = TestCertificate.create(folder.resolve("tls"), OWN);
        for (String host : new String[] {"a.test", "b.test"}) {
            Files.writeString(folder.resolve("tenants/" + host.charAt(0) + ".yaml"), TENANT.formatted(host));
            TestCertificate.create(folder.resolve("tls"), host);
        }
        here = replica(own);
        there = replica(own);
    }

    private Replica replica(TestCertificate certificate) throws Exception {
        PemKeyCertOptions pem = new PemKeyCertOptions()
                .setCertPath(certificate.certificate().toString())
                .setKeyPath(certificate.key().toString());
        HttpServerOptions options =
                new HttpServerOptions().setSsl(true).setUseAlpn(true).setKeyCertOptions(pem);
        SessionTickets tickets = new SessionTickets();
        SniCertificates names = ListenerCertificate.extend(options, null, tickets, new Staple());
        names.apply(snapshot());
        KeyManagerFactory keys = options.getKeyCertOptions().getKeyManagerFactory(vertx);
        SslContext own = options.getSslEngineOptions()
                .sslContextFactory()
                .keyMananagerFactory(keys)
                .clientAuth(ClientAuth.NONE)
                .create();
        return new Replica(names, own, tickets);
    }

    private Snapshot snapshot() {
        return new ConfigDirectory(folder, name -> null)
                .follow(GatewaySettings.STANDARD)
                .current()
                .snapshot();
    }

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @ParameterizedTest
    @CsvSource({"TLSv1.2,a.test", "TLSv1.3,a.test", "TLSv1.2,own.test", "TLSv1.3,own.test"})
    void resumeAtAnyReplicaWithTheSameSecret(String protocol, String name) throws IOException {
        here.use(FIRST);
        there.use(FIRST);
        Handshake client = new Handshake(protocol);
        client.with(here.handler(name), name);
        client.with(there.handler(name), name);
        client.with(here.handler(name), name);

        assertEquals(1, client.full());
    }

    @ParameterizedTest
    @CsvSource({"TLSv1.2,a.test", "TLSv1.3,a.test", "TLSv1.2,own.test", "TLSv1.3,own.test"})
    void resumeAtOneReplicaWithoutASecret(String protocol, String name) throws IOException {
        Handshake client = new Handshake(protocol);
        client.with(here.handler(name), name);
        client.with(here.handler(name), name);
        assertEquals(1, client.full());

        client.with(there.handler(name), name);
        assertEquals(2, client.full());
    }

    @ParameterizedTest
    @CsvSource({"TLSv1.2,a.test", "TLSv1.3,a.test", "TLSv1.2,own.test", "TLSv1.3,own.test"})
    void outliveARotationWhileTheirSecretIsAmongTheOthers(String protocol, String name) throws IOException {
        here.use(FIRST);
        Handshake client = new Handshake(protocol);
        client.with(here.handler(name), name);
        here.use(SECOND, FIRST);
        client.with(here.handler(name), name);
        assertEquals(1, client.full());

        here.use(THIRD);
        client.with(here.handler(name), name);
        assertEquals(2, client.full());
    }

    @ParameterizedTest
    @CsvSource({"TLSv1.2", "TLSv1.3"})
    void resumeNotAtAnotherTenantsHost(String protocol) throws IOException {
        here.use(FIRST);
        Handshake client = new Handshake(protocol);
        client.with(here.handler("a.test"), "a.test");
        client.with(here.handler("b.test"), "b.test");
        assertEquals(2, client.full());

        client.with(here.handler(OWN), OWN);
        assertEquals(3, client.full());
    }

    @Test
    void endWithTheCertificate() throws IOException {
        here.use(FIRST);
        Handshake client = new Handshake("TLSv1.3");
        client.with(here.handler("a.test"), "a.test");
        TestCertificate.create(folder.resolve("tls"), "a.test");
        here.names.apply(snapshot());
        client.with(here.handler("a.test"), "a.test");

        assertEquals(2, client.full());
    }

    /** A handshake may begin with a certificate that was replaced a moment ago. */
    @Test
    void aReplacedCertificateStillServesHandshakes() throws IOException {
        TenantCertificate replaced = Objects.requireNonNull(here.names.find("a.test"));
        here.names.apply(Snapshot.EMPTY);
        Handshake client = new Handshake("TLSv1.3");
        client.with(replaced.newHandler(ByteBufAllocator.DEFAULT), "a.test");

        assertEquals(1, client.full());
    }
}
