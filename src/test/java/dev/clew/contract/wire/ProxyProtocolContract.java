package dev.clew.contract.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.contract.client.Call;
import dev.clew.contract.client.Http2Client;
import dev.clew.contract.client.RawClient;
import dev.clew.contract.client.TlsCaller;
import dev.clew.contract.server.Seen;
import dev.clew.contract.world.Contract;
import dev.clew.contract.world.Trace;
import dev.clew.testing.Await;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.HexFormat;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections from load balancers that send the PROXY protocol, and from all other clients. */
abstract class ProxyProtocolContract extends Contract {

    /** The one address from which the gateway's configuration expects the PROXY protocol. */
    static final String BALANCER = "127.0.0.77";

    private static final String CLIENT = "203.0.113.7";
    private static final String VERSION_1 = "PROXY TCP4 203.0.113.7 127.0.0.1 4711 80\r\n";
    private static final String SIGNATURE = "0d0a0d0a000d0a515549540a";

    /** 203.0.113.7:4711 to 127.0.0.1:80. */
    private static final String IPV4 = "cb0071077f00000112670050";

    /** 2001:db8::7, port 4711, to ::1, port 80. */
    private static final String IPV6 =
            "20010db8000000000000000000000007" + "00000000000000000000000000000001" + "12670050";

    private Socket socket(int port) throws IOException {
        Socket socket = new Socket();
        socket.bind(new InetSocketAddress(InetAddress.getByName(BALANCER), 0));
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        socket.setSoTimeout((int) Await.PATIENCE.toMillis());
        socket.setTcpNoDelay(true);
        return socket;
    }

    private RawClient balancer() {
        return new RawClient(BALANCER, port());
    }

    private static byte[] version2(String commandAndFamily, String rest) {
        String length = "%04x".formatted(rest.length() / 2);
        return HexFormat.of().parseHex(SIGNATURE + commandAndFamily + length + rest);
    }

    private static byte[] with(byte[] header, Call call) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(header);
        bytes.writeBytes(call.wire().getBytes(ISO_8859_1));
        return bytes.toByteArray();
    }

    private static byte[] version1(String header) {
        return header.getBytes(ISO_8859_1);
    }

    private static Call call() {
        return Call.get("/any/x");
    }

    private String forwardedFor(byte[] header) {
        try (RawClient client = balancer()) {
            return client.send(with(header, call())).read().echoed().one("x-forwarded-for");
        }
    }

    @Test
    void theClientIsWhomVersion1Names() {
        assertEquals(CLIENT, forwardedFor(version1(VERSION_1)));
        assertEquals("2001:db8:0:0:0:0:0:7", forwardedFor(version1("PROXY TCP6 2001:db8::7 ::1 4711 80\r\n")));
    }

    @ParameterizedTest
    @CsvSource({
        "2111, " + IPV4 + ", " + CLIENT,
        "2121, " + IPV6 + ", 2001:db8:0:0:0:0:0:7",
        // An authority (type 2) and a private type follow; both are ignored.
        "2111, " + IPV4 + "0200036e6577" + "e0000100" + ", " + CLIENT
    })
    void theClientIsWhomVersion2Names(String commandAndFamily, String rest, String client) {
        assertEquals(client, forwardedFor(version2(commandAndFamily, rest)));
    }

    @Test
    void aConnectionOfTheBalancersOwnIsItsOwn() {
        assertEquals(BALANCER, forwardedFor(version1("PROXY UNKNOWN\r\n")));
        assertEquals(BALANCER, forwardedFor(version1("PROXY UNKNOWN 203.0.113.7 127.0.0.1 4711 80\r\n")));
        assertEquals(BALANCER, forwardedFor(version2("2000", "")));
        assertEquals(BALANCER, forwardedFor(version2("2011", IPV4)));
        assertEquals(BALANCER, forwardedFor(version2("2100", "")));
    }

    @Test
    void allRequestsOfAConnectionAreTheClients() {
        try (RawClient client = balancer()) {
            String both = VERSION_1 + call().wire() + call().wire();
            client.send(both);
            for (int i = 0; i < 2; i++) {
                assertEquals(CLIENT, client.read().echoed().one("x-forwarded-for"));
            }
            Seen third = client.send(call()).read().echoed();
            assertEquals(CLIENT, third.one("x-forwarded-for"));
            assertTrue(third.one("forwarded").startsWith("for=" + CLIENT + ";"), third::toString);
        }
    }

    @Test
    void theHeaderMayComeByteByByte() {
        for (byte[] header : new byte[][] {version1(VERSION_1), version2("2111", IPV4)}) {
            try (RawClient client = balancer()) {
                for (byte next : header) {
                    client.send(new byte[] {next});
                }
                assertEquals(CLIENT, client.send(call()).read().echoed().one("x-forwarded-for"));
            }
        }
    }

    /** Trust depends on the client's address, never on the balancer's. */
    @Test
    void trustIsInTheClientThatIsNamed() {
        byte[] trusted = version1("PROXY TCP4 " + TRUSTED_PROXY + " 127.0.0.1 4711 80\r\n");
        Call call = call().header("X-Forwarded-For", "198.51.100.9");
        try (RawClient client = balancer()) {
            assertEquals(
                    "198.51.100.9, " + TRUSTED_PROXY,
                    client.send(with(trusted, call)).read().echoed().one("x-forwarded-for"));
        }
        try (RawClient client = balancer()) {
            assertEquals(
                    CLIENT,
                    client.send(with(version1(VERSION_1), call)).read().echoed().one("x-forwarded-for"));
        }
        String traceId = Trace.random();
        Call inTrace = Call.get("/any/x").host("network.test").in(traceId);
        try (RawClient client = balancer()) {
            assertEquals(traceId, client.send(with(trusted, inTrace)).read().traceId());
        }
        try (RawClient client = balancer()) {
            assertNotEquals(
                    traceId,
                    client.send(with(version1(VERSION_1), inTrace)).read().traceId());
        }
    }

    @Test
    void http2WithPriorKnowledgeFollowsTheHeader() throws IOException {
        Socket socket = socket(port());
        socket.getOutputStream().write(version2("2111", IPV4));
        try (Http2Client client = new Http2Client(socket)) {
            for (int i = 0; i < 2; i++) {
                Http2Client.Outcome outcome = client.await(client.get("/any/x"));
                assertTrue(outcome instanceof Http2Client.Outcome.Responded, outcome::toString);
                assertEquals(
                        CLIENT,
                        ((Http2Client.Outcome.Responded) outcome)
                                .response()
                                .echoed()
                                .one("x-forwarded-for"));
            }
        }
    }

    @Test
    void tlsWithTheTenantsCertificateFollowsTheHeader() throws IOException {
        Socket socket = socket(world.tlsPort());
        socket.getOutputStream().write(version1(VERSION_1));
        TlsCaller caller = TlsCaller.of(world.tlsPort());
        try (SSLSocket tls = caller.over(socket, "sealed.test");
                RawClient client = new RawClient(tls)) {
            Seen seen = client.send(Call.get("/x").host("sealed.test")).read().echoed();

            assertEquals(CLIENT, seen.one("x-forwarded-for"));
            assertEquals("https", seen.one("x-forwarded-proto"));
            assertEquals("/sealed/x", seen.uri());
            assertEquals(caller.shown("sealed.test"), tls.getSession().getPeerCertificates()[0]);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /any/x HTTP/1.1\r\nHost: acme.test\r\n\r\n",
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
                "PROXY TCP4 203.0.113.7 127.0.0.1 4711\r\n",
                "PROXY TCP4 host.example.com 127.0.0.1 4711 80\r\n",
                "PROXY TCP4 203.0.113.7 127.0.0.1 65536 80\r\n",
                "PROXY TCP5 203.0.113.7 127.0.0.1 4711 80\r\n",
                "proxy TCP4 203.0.113.7 127.0.0.1 4711 80\r\n",
                "PROXY UNKNOWN 0123456789012345678901234567890123456789012345678901234567890123456789"
                        + "0123456789012345678901234567890\r\n"
            })
    void withoutAHeaderOrWithAMalformedOneTheConnectionEnds(String beginning) {
        try (RawClient client = balancer()) {
            assertEquals("", client.send(beginning + call().wire()).readToEnd());
        }
        assertEquals(200, send(call()).status());
    }

    @ParameterizedTest
    @CsvSource({
        "1111, " + IPV4,
        "2211, " + IPV4,
        // Declares more bytes than any header may have.
        "2111, LONG",
        "2111, cb007107"
    })
    void aMalformedHeaderOfVersion2EndsTheConnection(String commandAndFamily, String rest) {
        String all = rest.equals("LONG") ? IPV4 + "e0ffff" + "00".repeat(0xffff - 15) : rest;
        try (RawClient client = balancer()) {
            assertEquals(
                    "",
                    client.send(with(version2(commandAndFamily, all), call())).readToEnd());
        }
    }

    @Test
    void whoBeginsWithNothingIsNotWaitedForLong() {
        try (RawClient silent = balancer();
                RawClient slow = balancer()) {
            slow.send("PROXY TCP4 203");
            assertEquals("", silent.readToEnd());
            assertEquals("", slow.readToEnd());
        }
    }

    @Test
    void fromAnywhereElseAHeaderIsAMalformedRequest() {
        for (String address : new String[] {STRANGER, TRUSTED_PROXY}) {
            try (RawClient client = new RawClient(address, port())) {
                client.send(VERSION_1 + call().wire()).read().assertRejected(400, "malformed-request");
            }
        }
        assertEquals(STRANGER, send(call()).echoed().one("x-forwarded-for"));
    }
}
