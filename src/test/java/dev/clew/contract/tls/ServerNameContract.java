package dev.clew.contract.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.contract.client.Call;
import dev.clew.contract.client.RawClient;
import dev.clew.contract.client.RawResponse;
import dev.clew.contract.client.TlsCaller;
import dev.clew.contract.server.Seen;
import dev.clew.contract.world.Contract;
import dev.clew.contract.world.Trace;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The certificate presented for a server name, and the hosts allowed on its connection. */
abstract class ServerNameContract extends Contract {

    private TlsCaller caller() {
        return TlsCaller.of(world.tlsPort());
    }

    private TlsCaller caller(String identity) {
        return TlsCaller.with(world.tlsPort(), world.folder().resolve("tls").resolve(identity + ".p12"));
    }

    private static String subject(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().getName();
    }

    private static void assertMisdirected(RawResponse response) {
        JsonObject problem = new JsonObject(response.body());
        assertEquals(421, response.status(), response::toString);
        assertEquals("application/problem+json", response.one("content-type"));
        assertEquals("misdirected-request", problem.getString("code"));
        assertEquals("Misdirected Request", problem.getString("title"));
        assertEquals(response.one("x-trace-id"), problem.getString("trace_id"));
    }

    @ParameterizedTest
    @CsvSource({
        "sealed.test,sealed.test",
        "SEALED.test,sealed.test",
        "a.b.sealed.test,sealed.test",
        "other.test,other.test",
        "mutual.test,mutual.test"
    })
    void showsATenantsCertificateToWhoAsksForItsHost(String serverName, String shown) throws IOException {
        try (SSLSocket socket = caller("client.test").connect(serverName)) {
            assertEquals(
                    "CN=" + shown, subject((X509Certificate) socket.getSession().getPeerCertificates()[0]));
        }
    }

    /** The third server name is another tenant's host, below the wildcard of a tenant with a certificate. */
    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"nobody.test", "bare.sealed.test", "acme.test"})
    void showsTheListenersOwnCertificateToAllOthers(String serverName) throws IOException {
        assertEquals("CN=stream.test", subject(caller().shown(serverName)));
    }

    @Test
    void servesTheTenantOnAConnectionOfItsOwn() throws IOException {
        RawResponse response = caller().send("sealed.test", Call.get("/x?y").host("www.sealed.test"));
        Seen seen = Seen.parse(response.body());

        assertEquals(200, response.status(), response::toString);
        assertEquals("/sealed/x?y", seen.uri());
        assertEquals("https", seen.one("x-forwarded-proto"));
    }

    @Test
    void servesTenantsWithoutACertificateOnTheListenersOwn() throws IOException {
        assertEquals(
                200,
                caller().send("bare.sealed.test", Call.get("/").host("bare.sealed.test"))
                        .status());
        assertEquals(
                200, caller().send(null, Call.get("/").host("bare.sealed.test")).status());
        assertEquals(200, caller().send("nobody.test", Call.get("/whoami")).status());
    }

    /** The response does not reveal whether a host belongs to a tenant either. */
    @ParameterizedTest
    @ValueSource(strings = {"other.test", "bare.sealed.test", "acme.test", "nobody.test"})
    void servesNoOtherHostOnATenantsConnection(String host) throws IOException {
        assertMisdirected(caller().send("sealed.test", Call.get("/whoami").host(host)));
    }

    @ParameterizedTest
    @CsvSource({
        "nobody.test,sealed.test",
        "acme.test,other.test",
        ",sealed.test",
        ",127.0.0.99",
        "other.test,sealed.test"
    })
    void servesATenantWithACertificateOnNoConnectionButItsOwn(String serverName, String host) throws IOException {
        assertMisdirected(caller().send(serverName, Call.get("/").host(host)));
    }

    @Test
    void endsAnHttp1ConnectionWithAMisdirectedRequest() throws IOException {
        try (SSLSocket socket = caller().connect("sealed.test");
                RawClient client = new RawClient(socket)) {
            client.send(Call.get("/").host("other.test")).send(Call.get("/").host("sealed.test"));
            RawResponse response = client.read();

            assertMisdirected(response);
            assertEquals("close", response.one("connection"));
            assertEquals("", client.readToEnd());
        }
    }

    @Test
    void tracesAMisdirectedRequestUnderTheTenantThatWasAskedFor() throws IOException {
        RawResponse response = caller().send("sealed.test", Call.get("/").host("other.test"));
        Map<String, String> span = Trace.attributes(trace(response.traceId()).server());

        assertEquals("421", span.get("http.response.status_code"));
        assertEquals("misdirected-request", span.get("clew.error"));
        assertEquals(null, span.get("error.type"), "no error of the server");
        assertEquals("other", span.get("tenant.id"));
        assertEquals(
                "misdirected-request",
                world.awaitAccessLogLine(response.traceId()).getString("error"));
    }

    @Test
    void aMalformedHostIsNoMisdirectedOne() throws IOException {
        assertEquals(
                400, caller().send("sealed.test", Call.get("/").host("a b")).status());
    }

    @Test
    void asksForAClientsCertificateWhereTheTenantWantsOne() throws IOException {
        Call call = Call.get("/").host("mutual.test");

        assertEquals(200, caller("client.test").send("mutual.test", call).status());
        assertThrows(IOException.class, () -> caller().send("mutual.test", call));
        assertThrows(IOException.class, () -> caller("stranger").send("mutual.test", call));
    }

    @Test
    void aWantedCertificateMayBeMissingButNotWrong() throws IOException {
        Call call = Call.get("/").host("asking.test");

        assertEquals(200, caller("client.test").send("asking.test", call).status());
        assertEquals(200, caller().send("asking.test", call).status());
        assertThrows(IOException.class, () -> caller("stranger").send("asking.test", call));
    }

    @Test
    void aClientsCertificateCountsForTheTenantThatAskedForIt() throws IOException {
        Call call = Call.get("/").host("mutual.test");

        assertMisdirected(caller("client.test").send("asking.test", call));
        assertMisdirected(caller("client.test").send(null, call));
        assertMisdirected(send(call));
    }

    @Test
    void saysNothingOfAClientsCertificate() throws IOException {
        RawResponse response =
                caller("client.test").send("mutual.test", Call.get("/").host("mutual.test"));
        String line = world.awaitAccessLogLine(response.traceId()).encode();

        assertTrue(trace(response.traceId()).spans().stream()
                .noneMatch(span -> span.toString().contains("client.test")));
        assertTrue(!line.contains("client.test") && line.contains("mutual"), line);
        assertTrue(!response.body().contains("client.test"), response::body);
    }

    @Test
    void speaksTls12And13AndNothingOlder() throws IOException {
        for (String serverName : new String[] {"sealed.test", "acme.test"}) {
            for (String protocol : new String[] {"TLSv1.2", "TLSv1.3"}) {
                try (SSLSocket socket = caller().connect(serverName, protocol)) {
                    assertEquals(protocol, socket.getSession().getProtocol());
                }
            }
            try (SSLSocket socket = caller().connect(serverName, "TLSv1.2")) {
                socket.setEnabledCipherSuites(new String[] {"TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256"});
                assertThrows(SSLException.class, socket::startHandshake);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET,/x/y?z=1&z=2,/x/y?z=1&z=2",
        "POST,/,/",
        "GET,//evil.test/x,//evil.test/x",
        "GET,/nothing/here,/nothing/here"
    })
    void sendsAClientWithoutTlsToTheSamePlaceWithIt(String method, String target, String location) {
        RawResponse response = send(Call.of(method, target).host("SEALED.test:8080"));

        assertEquals(308, response.status(), response::toString);
        assertEquals("https://sealed.test:8443" + location, response.one("location"));
        assertEquals(1, response.all("x-trace-id").size());
    }

    @Test
    void believesNoTrustedProxyWhoseWordsContradictEachOther() {
        Call call = Call.get("/").host("sealed.test").header("X-Forwarded-Proto", "https");
        for (String other : List.of("http", "https, http", "")) {
            assertEquals(
                    308,
                    sendFrom(TRUSTED_PROXY, call.header("x-forwarded-proto", other))
                            .status());
        }
        assertEquals(
                308,
                sendFrom(TRUSTED_PROXY, Call.get("/").host("sealed.test").header("X_Forwarded_Proto", "https"))
                        .status());
    }

    @Test
    void believesATrustedProxyThatTheClientCameWithTls() {
        Call call = Call.get("/").host("sealed.test").header("X-Forwarded-Proto", "https");

        assertEquals(200, sendFrom(TRUSTED_PROXY, call).status());
        assertEquals(308, send(call).status());
        Call standard = Call.get("/").host("sealed.test").header("Forwarded", "for=192.0.2.1;proto=https");
        assertEquals(200, sendFrom(TRUSTED_PROXY, standard).status());
        assertEquals(
                308,
                sendFrom(TRUSTED_PROXY, standard.header("X-Forwarded-Proto", "http"))
                        .status());
        assertEquals(
                308, sendFrom(TRUSTED_PROXY, Call.get("/").host("sealed.test")).status());
    }

    @Test
    void aTrustedProxyThatComesWithTlsForAClientWithoutIsSentBack() throws IOException {
        Call call = Call.get("/").host("sealed.test");
        InetAddress proxy = InetAddress.getByName(TRUSTED_PROXY);
        for (String scheme : List.of("http", "https")) {
            try (SSLSocket socket = caller().over(
                                    new Socket(InetAddress.getLoopbackAddress(), world.tlsPort(), proxy, 0),
                                    "sealed.test");
                    RawClient client = new RawClient(socket)) {
                socket.startHandshake();
                RawResponse response =
                        client.send(call.header("X-Forwarded-Proto", scheme)).read();
                assertEquals(scheme.equals("http") ? 308 : 200, response.status(), response::toString);
            }
        }
    }

    @Test
    void servesATenantWithACertificateWithoutTlsToo() {
        assertEquals(200, send(Call.get("/").host("other.test")).status());
    }

    @Test
    void aConnectionThatIsNoTlsEnds() {
        try (RawClient client = new RawClient(STRANGER, world.tlsPort())) {
            client.send(Call.get("/"));
            client.readToEnd();
        }
        assertEquals(200, send(Call.get("/whoami")).status());
    }
}
