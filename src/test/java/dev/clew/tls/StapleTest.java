package dev.clew.tls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.clew.config.gateway.GatewaySettings;
import dev.clew.config.watch.ConfigDirectory;
import dev.clew.config.watch.LoadedConfiguration;
import dev.clew.tenant.tls.OcspResponse;
import dev.clew.testing.TestCertificate;
import io.netty.buffer.ByteBufAllocator;
import io.vertx.core.http.HttpServerOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StapleTest {

    private static final byte[] FIRST = HexFormat.of().parseHex("3007" + "0a0100" + "a0023000");
    private static final byte[] SECOND = HexFormat.of().parseHex("3008" + "0a0100" + "a003040101");

    @TempDir
    Path folder;

    private final SniCertificates names = ListenerCertificate.extend(
            new HttpServerOptions().setSsl(true).setUseAlpn(true), null, new SessionTickets(), new Staple());

    @BeforeEach
    void needsBoringSsl() {
        assumeTrue(TlsLibrary.inUse() == TlsLibrary.BORINGSSL);
    }

    private LoadedConfiguration load(String ocsp) throws IOException {
        TestCertificate.create(folder.resolve("tls"), "a.test");
        Files.createDirectories(folder.resolve("tenants"));
        Files.writeString(
                folder.resolve("tenants/a.yaml"),
                """
                hosts: [a.test]
                tls: {certificate: tls/a.test.crt, key: tls/a.test.key%s}
                upstreams: {a: {endpoints: ["http://a"]}}
                routes: [{name: all, match: {path: /**}, upstream: a}]
                """
                        .formatted(ocsp));
        LoadedConfiguration loaded = new ConfigDirectory(folder, name -> null)
                .follow(GatewaySettings.STANDARD)
                .current();
        names.apply(loaded.snapshot());
        return loaded;
    }

    /** Returns what a client gets that asks for a response. */
    private byte[] presented() throws SSLException {
        TenantCertificate certificate = names.find("a.test");
        assertNotNull(certificate);
        return new Handshake("TLSv1.3").with(certificate.newHandler(ByteBufAllocator.DEFAULT), "a.test");
    }

    @Test
    void isPresentedWithATenantsCertificateAndFollowsItsFile() throws IOException {
        Path file = folder.resolve("tls/a.ocsp");
        Files.createDirectories(file.getParent());
        Files.write(file, FIRST);
        load(", ocsp: tls/a.ocsp");
        assertArrayEquals(FIRST, presented());

        Files.write(file, SECOND);
        load(", ocsp: tls/a.ocsp");
        assertArrayEquals(SECOND, presented());
    }

    @Test
    void isAbsentWithoutAFile() throws IOException {
        load("");
        assertArrayEquals(new byte[0], presented());
    }

    @Test
    void isReportedIfItIsNone() throws IOException {
        Path file = folder.resolve("tls/a.ocsp");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "no response");
        assertEquals(
                List.of("tls.ocsp"),
                load(", ocsp: tls/a.ocsp").problems().stream()
                        .map(problem -> problem.key())
                        .toList());
        assertTrue(load(", ocsp: tls/a.ocsp").problems().get(0).message().contains(OcspResponse.EXPECTED));
    }
}
