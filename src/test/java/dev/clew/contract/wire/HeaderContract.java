package dev.clew.contract.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.contract.client.Call;
import dev.clew.contract.client.RawResponse;
import dev.clew.contract.server.Seen;
import dev.clew.contract.world.Contract;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The header fields that the gateway forwards, and those that it adds. */
abstract class HeaderContract extends Contract {

    private static final String CALLERS_TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    @Test
    void passesOrdinaryRequestHeadersUnchangedAndInOrder() {
        Seen seen = send(Call.get("/any/x")
                        .header("Accept", "text/html")
                        .header("X-Twice", "one")
                        .header("X-Twice", "two, three")
                        .header("Authorization", "Bearer t")
                        .header("Cookie", "a=1; b=2")
                        .header("X-Empty", "")
                        .header("X-Latin", "caf\u00e9"))
                .echoed();

        assertEquals("text/html", seen.one("accept"));
        assertEquals(List.of("one", "two, three"), seen.all("x-twice"));
        assertEquals("Bearer t", seen.one("authorization"));
        assertEquals("a=1; b=2", seen.one("cookie"));
        assertEquals("", seen.one("x-empty"));
        assertEquals("caf\u00e9", seen.one("x-latin"));
    }

    @Test
    void keepsHopByHopRequestHeadersToItself() {
        Seen seen = send(Call.get("/any/x")
                        .header("Connection", "keep-alive, X-Hop")
                        .header("connection", "x-other-hop")
                        .header("X-Hop", "1")
                        .header("X-Other-Hop", "2")
                        .header("X-End", "3")
                        .header("Keep-Alive", "timeout=5")
                        .header("Proxy-Connection", "keep-alive")
                        .header("Proxy-Authorization", "Basic x")
                        .header("TE", "trailers")
                        .header("Upgrade", "websocket"))
                .echoed();

        assertEquals("3", seen.one("x-end"));
        assertNone(seen, "connection", "x-hop", "x-other-hop", "keep-alive", "proxy-connection", "te", "upgrade");
        assertNone(seen, "proxy-authorization");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Host", "Content-Length", "traceparent", "Via", "Forwarded", "X-Forwarded-For"})
    void connectionCannotTakeAwayWhatTheGatewayStandsFor(String name) {
        Seen seen =
                send(Call.post("/any/x", "hello").header("Connection", name)).echoed();

        assertEquals("hello", seen.body());
        seen.one(name);
    }

    @Test
    void keepsHopByHopResponseHeadersToItself() {
        RawResponse response = send(Call.get("/any/answer?Connection=X-Hop&X-Hop=1&Keep-Alive=timeout%3D5&X-End=2"
                + "&Proxy-Authenticate=Basic&Upgrade=h2c&body=x"));

        assertEquals("2", response.one("x-end"));
        for (String name : List.of("x-hop", "keep-alive", "proxy-authenticate", "upgrade")) {
            assertFalse(response.has(name), response::toString);
        }
        assertFalse(response.all("connection").contains("X-Hop"), response::toString);
    }

    @Test
    void connectionCannotTakeAwayTheLengthOfAResponse() {
        RawResponse response = send(Call.get("/any/bytes/300000?Connection=content-length,transfer-encoding"));

        assertEquals("300000", response.one("content-length"));
        assertEquals(300_000, response.body().length());
    }

    @Test
    void keepsSeveralCookiesApartAndInOrder() {
        RawResponse response =
                send(Call.get("/any/answer?Set-Cookie=a%3D1,x&Set-Cookie=b%3D2&Set-Cookie=a%3D3&body=x"));

        assertEquals(List.of("a=1,x", "b=2", "a=3"), response.all("set-cookie"));
    }

    @Test
    void keepsServerTimingOfTheUpstreamBesideItsOwn() {
        RawResponse response = send(Call.get("/any/answer?Server-Timing=db%3Bdur%3D53&Server-Timing=cache&body=x"));

        List<String> timings = new ArrayList<>(response.all("server-timing"));
        assertTrue(timings.remove("trace;desc=" + response.traceId()), timings::toString);
        assertEquals(List.of("db;dur=53", "cache"), timings);
    }

    @Test
    void namesItsOwnTraceOnlyWhateverTheUpstreamSays() {
        RawResponse response = send(Call.get(
                "/any/answer?X-Trace-Id=1&x-span-id=2&traceresponse=3&X_Trace_Id=5" + "&body=x&X-Request-Id=4"));

        assertEquals("00-" + response.traceId() + "-" + response.spanId() + "-03", response.one("traceresponse"));
        assertFalse(response.has("x_trace_id"), response::toString);
        assertEquals("4", response.one("x-request-id"));
    }

    @Test
    void appendsItselfToVia() {
        assertEquals("1.1 clew", send(Call.get("/any/x")).echoed().one("via"));
        assertEquals(
                "1.0 old, 1.1 clew",
                send(Call.get("/any/x").header("Via", "1.0 old")).echoed().one("via"));
        assertEquals(
                "1.0 clew",
                send(Call.get("/any/x").version("HTTP/1.0")).echoed().one("via"));
    }

    @Test
    void replacesWhatAStrangerClaimsAboutTheClient() {
        Seen seen = send(claimingToForward(Call.get("/any/x"))).echoed();

        assertEquals("for=127.0.0.1;host=\"acme.test\";proto=http", seen.one("forwarded"));
        assertEquals("127.0.0.1", seen.one("x-forwarded-for"));
        assertEquals("acme.test", seen.one("x-forwarded-host"));
        assertEquals("http", seen.one("x-forwarded-proto"));
        assertNone(seen, "x-forwarded-port", "x-forwarded-prefix", "x-real-ip", "x-forwarded-ssl");
    }

    @Test
    void spellingsWithUnderscoresAreNobodysWord() {
        Call call = Call.get("/any/x");
        List<String> names = List.of(
                "X_Forwarded_For",
                "X-Forwarded_Proto",
                "X_Forwarded_Host",
                "True_Client_IP",
                "X_Real_IP",
                "X_Client_IP");
        for (String name : names) {
            call = call.header(name, "192.0.2.66");
        }
        call = call.header("Proxy_Connection", "x").header("Keep_Alive", "x").header("Proxy_Authorization", "x");
        for (Seen seen :
                List.of(send(call).echoed(), sendFrom(TRUSTED_PROXY, call).echoed())) {
            assertNone(seen, names.toArray(String[]::new));
            assertNone(seen, "proxy_connection", "keep_alive", "proxy_authorization");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "https|http, http",
        "http|https, http",
        "'https, http', http",
        "https|https, https",
        "wss, https",
        "ftp, http"
    })
    void upstreamGetsOneSchemeWhateverTrustedProxiesSay(String lines, String scheme) {
        Call call = Call.get("/any/x");
        for (String line : lines.split("\\|", -1)) {
            call = call.header("X-Forwarded-Proto", line);
        }
        assertEquals(scheme, sendFrom(TRUSTED_PROXY, call).echoed().one("x-forwarded-proto"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Forwarded: for=192.0.2.1;host=shop.example;proto=https|shop.example|https",
                "Forwarded: for=192.0.2.1, for=127.0.0.2;host=shop.example;proto=https|acme.test|http",
                "X-Forwarded-Host: shop.example~Forwarded: host=other.example|acme.test|http",
                "X-Forwarded-Host: shop.example, other.example|acme.test|http",
            })
    void upstreamGetsTheSameHostAndSchemeInAllFields(String lines, String host, String scheme) {
        Seen seen = sendFrom(TRUSTED_PROXY, Call.get("/any/x").line(lines.replace("~", "\r\n")))
                .echoed();

        assertEquals(host, seen.one("x-forwarded-host"));
        assertEquals(scheme, seen.one("x-forwarded-proto"));
        assertTrue(seen.one("forwarded").endsWith("for=127.0.0.2;host=\"acme.test\";proto=http"), seen::toString);
    }

    @Test
    void appendsToWhatATrustedProxySaysAboutTheClient() {
        Seen seen =
                sendFrom(TRUSTED_PROXY, claimingToForward(Call.get("/any/x"))).echoed();

        assertEquals("for=192.0.2.1;proto=https, for=127.0.0.2;host=\"acme.test\";proto=http", seen.one("forwarded"));
        assertEquals("192.0.2.1, 198.51.100.7, 127.0.0.2", seen.one("x-forwarded-for"));
        assertEquals("shop.example", seen.one("x-forwarded-host"));
        assertEquals("https", seen.one("x-forwarded-proto"));
        assertEquals("443", seen.one("x-forwarded-port"));
        assertEquals("192.0.2.1", seen.one("x-real-ip"));
    }

    @Test
    void replacesAMalformedForwardedOfATrustedProxy() {
        Call call = Call.get("/any/x").header("forwarded", "for=10.9.9.9;by=\"");
        assertEquals(
                "for=127.0.0.2;host=\"acme.test\";proto=http",
                sendFrom(TRUSTED_PROXY, call).echoed().one("forwarded"));
    }

    private static Call claimingToForward(Call call) {
        return call.header("Forwarded", "for=192.0.2.1;proto=https")
                .header("X-Forwarded-For", "192.0.2.1")
                .header("x-forwarded-for", "198.51.100.7")
                .header("X-Forwarded-Host", "shop.example")
                .header("X-Forwarded-Proto", "https")
                .header("X-Forwarded-Port", "443")
                .header("X-Forwarded-Prefix", "/shop")
                .header("X-Forwarded-Ssl", "on")
                .header("X-Real-IP", "192.0.2.1");
    }

    @Test
    void sendsExactlyOneTraceContextUpstream() {
        Seen seen = send(Call.get("/any/x")
                        .header("traceparent", "00-" + CALLERS_TRACE + "-00f067aa0ba902b7-01")
                        .header("tracestate", "vendor=1")
                        .header("b3", CALLERS_TRACE + "-00f067aa0ba902b7-1")
                        .header("X-B3-TraceId", CALLERS_TRACE)
                        .header("X-B3-SpanId", "00f067aa0ba902b7")
                        .header("X-B3-ParentSpanId", "00f067aa0ba902b8")
                        .header("X-B3-Sampled", "1")
                        .header("X-B3-Flags", "1")
                        .header("X-B3-Extra", "1")
                        .header("baggage", "user=42"))
                .echoed();

        assertTrue(seen.one("traceparent").startsWith("00-" + CALLERS_TRACE + "-"), seen::toString);
        assertFalse(seen.one("traceparent").contains("00f067aa0ba902b7"), seen::toString);
        assertEquals("vendor=1", seen.one("tracestate"));
        assertNone(
                seen,
                "b3",
                "x-b3-traceid",
                "x-b3-spanid",
                "x-b3-parentspanid",
                "x-b3-sampled",
                "x-b3-flags",
                "x-b3-extra");
        assertEquals("tenant.id=acme", seen.one("baggage"));
    }

    @Test
    void addsNothingElseToARequest() {
        List<String> names = new ArrayList<>(send(Call.get("/any/x")).echoed().names());
        Collections.sort(names);

        assertEquals(
                List.of(
                        "baggage",
                        "forwarded",
                        "host",
                        "traceparent",
                        "via",
                        "x-forwarded-for",
                        "x-forwarded-host",
                        "x-forwarded-proto"),
                names);
    }

    @Test
    void addsNothingButTheTraceToAResponse() {
        List<String> names = send(Call.get("/any/answer?body=x")).headers().stream()
                .map(header -> header.getKey().toLowerCase(Locale.ROOT))
                .sorted()
                .toList();

        assertEquals(List.of("content-length", "server-timing", "traceresponse", "x-span-id", "x-trace-id"), names);
    }

    @Test
    void requestTargetGoesUpstreamInOriginFormWithItsQueryUntouched() {
        String query = "?a=%2F..%2F&b=;,\"|^`{}&c==&&d=%C3%A9+%20&?/";

        assertEquals(
                "/x" + query,
                send(Call.get("http://acme.test/any/x" + query)).echoed().uri());
    }

    private static void assertNone(Seen seen, String... names) {
        for (String name : names) {
            assertEquals(List.of(), seen.all(name), name);
        }
    }
}
