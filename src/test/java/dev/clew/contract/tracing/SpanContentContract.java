package dev.clew.contract.tracing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.clew.contract.client.Call;
import dev.clew.contract.client.RawResponse;
import dev.clew.contract.world.Contract;
import dev.clew.contract.world.Trace;
import dev.clew.testing.OtlpServer.Received;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The attributes of the profile {@code semconv}, by OpenTelemetry's stable HTTP conventions. */
abstract class SpanContentContract extends Contract {

    private static final String HOST = "semconv.test";

    private Map<String, String> server(Call call) {
        return Trace.attributes(trace(send(call).traceId()).server());
    }

    private Map<String, String> behindProxy(Call call) {
        return Trace.attributes(trace(sendFrom(TRUSTED_PROXY, call).traceId()).server());
    }

    @ParameterizedTest
    @CsvSource({
        "a=1&b=2, a=REDACTED&b=REDACTED",
        "a=1=2&b=, a=REDACTED&b=REDACTED",
        "secret, REDACTED",
        "a=1&secret&c=%20, a=REDACTED&REDACTED&c=REDACTED",
        "=secret&&x, =REDACTED&&REDACTED",
        "a=1;b=2, a=REDACTED",
        "a?b=c?d, a?b=REDACTED",
    })
    void ofAQueryTheNamesAreTold(String query, String told) {
        RawResponse response = send(Call.get("/any/x?" + query).host(HOST));
        Trace trace = trace(response.traceId());

        assertEquals(told, trace.server().attribute("url.query"));
        assertEquals(
                "http://127.0.0.1:" + world.echo().port() + "/x?" + told,
                trace.client().attribute("url.full"));
        assertEquals("/x?" + query, response.echoed().uri());
    }

    @Test
    void anEmptyQueryIsToldAsSuch() {
        assertEquals("", server(Call.get("/any/x?").host(HOST)).get("url.query"));
        assertNull(server(Call.get("/any/x").host(HOST)).get("url.query"));
    }

    @Test
    void thePathIsTheOneAskedForAndTheUrlTheOneSent() {
        Trace trace = trace(send(Call.get("/any/./%61/../b").host(HOST)).traceId());

        assertEquals("/any/./%61/../b", trace.server().attribute("url.path"));
        assertEquals(
                "http://127.0.0.1:" + world.echo().port() + "/b", trace.client().attribute("url.full"));
    }

    @ParameterizedTest
    @CsvSource({"semconv.test, 80", "SemConv.Test:8443, 8443", "semconv.test.:9, 9", "semconv.test:, 80"})
    void theServerIsTheHostAskedFor(String host, String port) {
        Map<String, String> attributes = server(Call.get("/any/x").host(host));

        assertEquals("semconv.test", attributes.get("server.address"));
        assertEquals(port, attributes.get("server.port"));
    }

    @Test
    void anAbsoluteTargetNamesTheServer() {
        Map<String, String> attributes =
                server(Call.get("http://semconv.test:81/any/x").host("other.test"));

        assertEquals("semconv.test", attributes.get("server.address"));
        assertEquals("81", attributes.get("server.port"));
        assertEquals("/any/x", attributes.get("url.path"));
    }

    @Test
    void aStrangersWordOnWhoItIsCountsNothing() {
        Map<String, String> attributes = server(Call.get("/any/x")
                .host(HOST)
                .header("Forwarded", "for=192.0.2.1;proto=https;host=other.test")
                .header("X-Forwarded-For", "192.0.2.2")
                .header("X-Forwarded-Proto", "https"));

        assertEquals(STRANGER, attributes.get("client.address"));
        assertEquals("http", attributes.get("url.scheme"));
        assertEquals("semconv.test", attributes.get("server.address"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Forwarded: for=192.0.2.1|192.0.2.1",
                "Forwarded: For=\"[2001:db8::1]:4711\"|2001:db8::1",
                "Forwarded: for=\"192.0.2.1:80\";by=203.0.113.1|192.0.2.1",
                "Forwarded: for=198.51.100.9, for=192.0.2.1|192.0.2.1",
                "Forwarded: for=192.0.2.1, for=127.0.0.2|192.0.2.1",
                "Forwarded: for=198.51.100.9, for=unknown|127.0.0.2",
                "Forwarded: for=198.51.100.9, for=_hidden|127.0.0.2",
                "Forwarded: for=secret|127.0.0.2",
                "Forwarded: proto=https|127.0.0.2",
                "Forwarded: proto=https;for=203.0.113.5;by=\"x,y\"|203.0.113.5",
                "Forwarded: for=192.0.2.1;by=\", for=198.51.100.9|127.0.0.2",
                "X-Forwarded-For: 192.0.2.1~Forwarded: for=198.51.100.9|127.0.0.2",
                "X-Forwarded-For: 192.0.2.1|192.0.2.1",
                "X-Forwarded-For: 198.51.100.9, 192.0.2.1|192.0.2.1",
                "X-Forwarded-For: 192.0.2.1, 127.0.0.2|192.0.2.1",
                "X-Forwarded-For: 192.0.2.1:4711|192.0.2.1",
                "X-Forwarded-For: 2001:db8::1|2001:db8::1",
                "X-Forwarded-For: secret|127.0.0.2",
                "X-Forwarded-For: |127.0.0.2",
                "X-Forwarded-For: 127.0.0.2|127.0.0.2",
            })
    void aTrustedProxySaysWhoTheClientIs(String line, String client) {
        Map<String, String> attributes =
                behindProxy(Call.get("/any/x").host(HOST).line(line.replace("~", "\r\n")));

        assertEquals(client, attributes.get("client.address"));
        assertEquals(TRUSTED_PROXY, attributes.get("network.peer.address"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Forwarded: for=192.0.2.1;proto=https;host=\"asked.test:444\"",
                "X-Forwarded-Proto: https\r\nX-Forwarded-Host: asked.test:444",
                "Forwarded: for=192.0.2.1;proto=https\r\nX-Forwarded-Host: asked.test:444"
            })
    void aTrustedProxySaysWhatTheClientAskedFor(String lines) {
        Map<String, String> attributes =
                behindProxy(Call.get("/any/x").host(HOST).line(lines));

        assertEquals("https", attributes.get("url.scheme"));
        assertEquals("asked.test", attributes.get("server.address"));
        assertEquals("444", attributes.get("server.port"));
    }

    @Test
    void theSchemeIsTheClientsInBothProfiles() {
        Call call = Call.get("/any/x").host("minimal.test").header("X-Forwarded-Proto", "https");

        assertEquals("https", behindProxy(call).get("url.scheme"));
        assertEquals("http", server(call).get("url.scheme"));
    }

    @Test
    void whatMakesNoSenseIsNotTold() {
        Map<String, String> attributes = behindProxy(Call.get("/any/x")
                .host(HOST)
                .header("Forwarded", "for=192.0.2.1;proto=secret;host=\"user:secret@asked.test\""));

        assertEquals("http", attributes.get("url.scheme"));
        assertFalse(attributes.containsKey("server.address"));
        assertFalse(attributes.toString().contains("secret"), attributes::toString);
    }

    @Test
    void anInventedMethodIsToldAndNoSpanName() {
        Trace trace = trace(
                send(Call.of("BREW" + "X".repeat(100), "/any/pot").host(HOST)).traceId());

        for (Received span : trace.spans()) {
            assertEquals(
                    Trace.isServer(span) ? "HTTP /any/**" : "HTTP", span.span().getName());
            assertEquals("_OTHER", span.attribute("http.request.method"));
            assertEquals("BREW" + "X".repeat(60), span.attribute("http.request.method_original"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "QUERY"})
    void aMethodOfTheStandardsIsToldByName(String method) {
        for (Received span :
                trace(send(Call.of(method, "/any/x").host(HOST)).traceId()).spans()) {
            assertEquals(
                    Trace.isServer(span) ? method + " /any/**" : method,
                    span.span().getName());
            assertEquals(method, span.attribute("http.request.method"));
            assertNull(span.attribute("http.request.method_original"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"get", "Query", "PROPFIND"})
    void anyOtherIsToldAsItWasSent(String method) {
        Received server =
                trace(send(Call.of(method, "/any/x").host(HOST)).traceId()).server();

        assertEquals("_OTHER", server.attribute("http.request.method"));
        assertEquals(method, server.attribute("http.request.method_original"));
    }

    @Test
    void aLongUserAgentIsCut() {
        String cut = server(Call.get("/any/x").host(HOST).header("User-Agent", "u".repeat(600)))
                .get("user_agent.original");
        assertEquals("u".repeat(512), cut);
    }

    /** The default profile has none of the further attributes. */
    @Test
    void theMinimalProfileTellsNoneOfIt() {
        Call call = Call.of("BREW", "/any/x?q=1").host("minimal.test").header("User-Agent", "u");
        for (Received span : trace(sendFrom(TRUSTED_PROXY, call.header("X-Forwarded-For", "192.0.2.1"))
                        .traceId())
                .spans()) {
            Set<String> names = Trace.attributeNames(span);
            for (String name : Set.of(
                    "url.path",
                    "url.query",
                    "url.full",
                    "client.address",
                    "network.peer.address",
                    "network.peer.port",
                    "user_agent.original",
                    "http.request.method_original")) {
                assertFalse(names.contains(name), name);
            }
        }
    }
}
