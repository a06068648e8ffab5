package dev.clew.contract.world;

import dev.clew.contract.server.NameServer;
import dev.clew.contract.server.Replica;
import dev.clew.testing.FreePort;
import dev.clew.testing.TestCertificate;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Upstreams with several addresses, and with TLS.
 *
 * @param replicas upstreams at different addresses, on one port
 * @param secure an upstream that supports HTTP/2 and HTTP/1.1 over TLS
 * @param strict as {@code secure}, but requires a client certificate
 */
public record Fleet(List<Replica> replicas, Replica secure, Replica strict, NameServer names) {

    /** Starts the fleet and writes its tenant and the certificates into a gateway's configuration. */
    static Fleet start(Path folder, int hand) throws IOException {
        TestCertificate upstream = TestCertificate.create(folder.resolve("tls"), "upstream.test");
        TestCertificate gateway = TestCertificate.create(folder.resolve("tls"), "gateway.test");
        NameServer names = NameServer.start();
        names.set("moving.test", "127.0.0.21");
        names.set("lasting.test", "127.0.0.21");
        int port = FreePort.any();
        HttpServerOptions strict = tls(upstream)
                .setClientAuth(ClientAuth.REQUIRED)
                .setTrustOptions(
                        new PemTrustOptions().addCertPath(gateway.certificate().toString()));
        Fleet fleet = new Fleet(
                List.of(Replica.at("127.0.0.21", port), Replica.at("127.0.0.22", port), Replica.at("127.0.0.23", port)),
                new Replica("secure", tls(upstream), 0),
                new Replica("strict", strict, 0),
                names);
        FleetFiles.write(folder, fleet, hand);
        return fleet;
    }

    private static HttpServerOptions tls(TestCertificate certificate) {
        return new HttpServerOptions()
                .setHost("127.0.0.1")
                .setSsl(true)
                .setUseAlpn(true)
                .setSni(true)
                .setKeyCertOptions(new PemKeyCertOptions()
                        .addCertPath(certificate.certificate().toString())
                        .addKeyPath(certificate.key().toString()));
    }

    public Replica replica(int index) {
        return replicas.get(index);
    }

    void close() {
        replicas.forEach(Replica::close);
        secure.close();
        strict.close();
        names.close();
    }
}
