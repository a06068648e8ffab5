package dev.clew.contract.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.contract.client.Call;
import dev.clew.contract.client.Http2Client;
import dev.clew.contract.client.Http2Client.Outcome;
import dev.clew.contract.client.RawClient;
import dev.clew.contract.client.RawResponse;
import dev.clew.contract.client.TlsCaller;
import dev.clew.contract.server.Seen;
import dev.clew.contract.world.Contract;
import dev.clew.testing.TestCertificate;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The header fields that describe client certificates to upstreams (RFC 9440). */
abstract class ClientCertificateContract extends Contract {

    private static final String HOST = "forwarding.test";

    private static final Call FORGED = Call.get("/x")
            .host(HOST)
            .header("Client-Cert", ":AAAA:")
            .header("client_cert", ":AAAA:")
            .header("Client-Cert-Chain", ":AAAA:");

    private TlsCaller caller(String identity) {
        return TlsCaller.with(world.tlsPort(), world.folder().resolve("tls").resolve(identity + ".p12"));
    }

    /** RFC 9440 section 2.1: the DER, as a byte sequence. */
    private String written() {
        try {
            TestCertificate client = new TestCertificate(
                    world.folder().resolve("tls/client.test.crt"),
                    world.folder().resolve("tls/client.test.key"));
            return ':' + Base64.getEncoder().encodeToString(client.read().getEncoded()) + ':';
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void assertTold(List<String> certificate, RawResponse response) {
        Seen seen = response.echoed();
        assertEquals(certificate, seen.all("client-cert"));
        assertEquals(List.of(), seen.all("client_cert"));
        assertEquals(List.of(), seen.all("client-cert-chain"));
    }

    /** The second connection resumes the first one's session, without presenting a certificate. */
    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void upstreamsGetTheClientsCertificateAndNotWhatItWrites(String protocol) throws IOException {
        TlsCaller caller = caller("client.test");
        for (int connection = 0; connection < 2; connection++) {
            try (SSLSocket socket = caller.connect(HOST, protocol);
                    RawClient client = new RawClient(socket)) {
                for (int request = 0; request < 2; request++) {
                    assertTold(List.of(written()), client.send(FORGED).read());
                }
            }
        }
    }

    @Test
    void upstreamsGetItOverHttp2Too() throws IOException {
        try (SSLSocket socket = caller("client.test").connect(HOST)) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setApplicationProtocols(new String[] {"h2"});
            socket.setSSLParameters(parameters);
            try (Http2Client client = new Http2Client(socket)) {
                for (int request = 0; request < 2; request++) {
                    int stream = client.open(
                            Http2Client.END_STREAM,
                            ":method GET",
                            ":scheme https",
                            ":authority " + HOST,
                            ":path /x",
                            "client-cert :AAAA:",
                            "client_cert :AAAA:");
                    assertTold(
                            List.of(written()),
                            assertInstanceOf(Outcome.Responded.class, client.await(stream))
                                    .response());
                }
            }
        }
    }

    @Test
    void upstreamsAreToldOfNobodyWhereNobodyShowedOne() throws IOException {
        assertTold(List.of(), TlsCaller.of(world.tlsPort()).send(HOST, FORGED));
        assertTold(List.of(), send(FORGED));
        assertTold(List.of(), sendFrom(TRUSTED_PROXY, FORGED));
    }

    @Test
    void upstreamsAreToldNothingWhereTheTenantDoesNotSaySo() throws IOException {
        for (String host : List.of("mutual.test", "asking.test")) {
            assertTold(List.of(), caller("client.test").send(host, FORGED.host(host)));
        }
    }

    @Test
    void nobodyElseIsTold() throws IOException {
        RawResponse response = caller("client.test").send(HOST, FORGED);
        String beginning = written().substring(1, 60);
        String line = world.awaitAccessLogLine(response.traceId()).encode();

        assertTrue(response.body().contains(beginning), response::body);
        assertFalse(trace(response.traceId()).toString().contains(beginning));
        assertFalse(line.contains(beginning) || line.contains("client.test"), line);
    }
}
