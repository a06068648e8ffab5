package dev.clew.contract.tracing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.contract.client.Call;
import dev.clew.contract.client.RawClient;
import dev.clew.contract.client.RawResponse;
import dev.clew.contract.world.Contract;
import dev.clew.contract.world.Trace;
import dev.clew.testing.OtlpServer.Received;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status.StatusCode;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The trace of each request, from the IDs in the response to the spans at the telemetry backend. */
abstract class TracingContract extends Contract {

    private static final Set<String> SERVER_ATTRIBUTES = Set.of(
            "http.request.method",
            "url.scheme",
            "network.protocol.version",
            "http.response.status_code",
            "tenant.id",
            "http.route",
            "clew.route",
            "clew.upstream");
    private static final Set<String> CLIENT_ATTRIBUTES = Set.of(
            "http.request.method",
            "http.response.status_code",
            "server.address",
            "server.port",
            "tenant.id",
            "clew.route",
            "clew.upstream");

    @Test
    void oneProxiedRequestIsOneServerSpanAroundOneClientSpan() {
        RawResponse response = send(Call.get("/orders/7?q=1"));
        Trace trace = trace(response.traceId());

        Received server = trace.server();
        assertEquals("GET /orders/**", server.span().getName());
        assertEquals(response.spanId(), Trace.spanId(server));
        assertEquals("", Trace.parentId(server));
        assertEquals(StatusCode.STATUS_CODE_UNSET, server.span().getStatus().getCode());
        assertEquals(SERVER_ATTRIBUTES, Trace.attributeNames(server));
        assertEquals("GET", server.attribute("http.request.method"));
        assertEquals("http", server.attribute("url.scheme"));
        assertEquals("1.1", server.attribute("network.protocol.version"));
        assertEquals("200", server.attribute("http.response.status_code"));
        assertEquals("/orders/**", server.attribute("http.route"));

        Received client = trace.client();
        assertEquals(Span.SpanKind.SPAN_KIND_CLIENT, client.span().getKind());
        assertEquals("GET", client.span().getName());
        assertEquals(response.spanId(), Trace.parentId(client));
        assertEquals(StatusCode.STATUS_CODE_UNSET, client.span().getStatus().getCode());
        assertEquals(CLIENT_ATTRIBUTES, Trace.attributeNames(client));
        assertEquals("127.0.0.1", client.attribute("server.address"));
        assertEquals(Integer.toString(world.echo().port()), client.attribute("server.port"));
        assertEquals("200", client.attribute("http.response.status_code"));
        assertEquals(
                "00-" + response.traceId() + "-" + Trace.spanId(client) + "-03",
                response.echoed().one("traceparent"));
        for (Received span : trace.spans()) {
            assertEquals("acme", span.attribute("tenant.id"));
            assertEquals("orders", span.attribute("clew.route"));
            assertEquals("echo", span.attribute("clew.upstream"));
            assertEquals("clew", span.resourceAttribute("service.name"));
        }
        assertEncloses(server.span(), client.span());
    }

    private static void assertEncloses(Span server, Span client) {
        List<Long> moments = List.of(
                server.getStartTimeUnixNano(),
                client.getStartTimeUnixNano(),
                client.getEndTimeUnixNano(),
                server.getEndTimeUnixNano());
        assertEquals(moments.stream().sorted().toList(), moments);
        assertTrue(server.getEndTimeUnixNano() > server.getStartTimeUnixNano(), moments::toString);
    }

    static Stream<Call> everyKindOfResponse() {
        return Stream.of(
                Call.get("/orders/1"),
                Call.get("/any/answer?status=204"),
                Call.get("/any/answer?status=304"),
                Call.get("/any/answer?status=404&body=x"),
                Call.get("/any/answer?status=500&body=x"),
                Call.get("/any/trailers"),
                Call.of("HEAD", "/orders/1"),
                Call.get("/orders/1").version("HTTP/1.0"),
                Call.get("/nothing"),
                Call.of("PUT", "/orders/1"),
                Call.get("/a/%2f"),
                Call.get("/whoami").host("nobody.test"),
                Call.get("/whoami").host("suspended.test"),
                Call.get("/whoami").withoutHost(),
                Call.get("/refused"),
                Call.get("/any/reset/head"),
                Call.get("/quick/never"),
                Call.get("/wire/x?answer=nonsense%0D%0A%0D%0A"),
                Call.post("/any/x", "b".repeat(2000)).host("bounded.test"),
                Call.get("/any/x").line("no colon"));
    }

    @ParameterizedTest
    @MethodSource("everyKindOfResponse")
    void everyResponseNamesTheCallersTraceAndOneSpanOfIt(Call call) {
        String traceId = Trace.random();
        RawResponse response = send(call.in(traceId));

        assertEquals(traceId, response.traceId());
        assertEquals("00-" + traceId + "-" + response.spanId() + "-01", response.one("traceresponse"));
        assertTrue(response.all("server-timing").contains("trace;desc=" + traceId), response::toString);
        Received server = trace(traceId).server();
        assertEquals(response.spanId(), Trace.spanId(server));
        assertEquals(Integer.toString(response.status()), server.attribute("http.response.status_code"));
    }

    @Test
    void everyRetryIsASpanOfItsOwnAndTheParentOfItsUpstreamRequest() {
        String uri = "/flaky/2/" + marker();
        RawResponse response = send(Call.get(uri));
        Trace trace = trace(response.traceId());

        List<Received> clients = trace.clients();
        assertEquals(3, clients.size());
        assertEquals(
                List.of("none", "1", "2"),
                clients.stream()
                        .map(client -> client.attribute("http.request.resend_count"))
                        .map(count -> count == null ? "none" : count)
                        .toList());
        assertEquals(
                List.of("503", "503", "200"),
                clients.stream()
                        .map(client -> client.attribute("http.response.status_code"))
                        .toList());
        assertEquals(
                clients.stream()
                        .map(client -> "00-" + response.traceId() + "-" + Trace.spanId(client) + "-03")
                        .toList(),
                world.echo().seen().stream()
                        .filter(seen -> seen.uri().equals(uri))
                        .map(seen -> seen.one("traceparent"))
                        .toList());
        clients.forEach(client -> assertEquals(response.spanId(), Trace.parentId(client)));
        assertEquals("200", trace.server().attribute("http.response.status_code"));
        assertEquals(
                StatusCode.STATUS_CODE_ERROR, clients.get(0).span().getStatus().getCode());
    }

    @Test
    void aRejectedConnectionIsRetriedAtAnotherEndpoint() {
        // Round robin: at least one of two requests reaches the endpoint that rejects.
        Trace trace = Stream.of("/reconnecting/1", "/reconnecting/2")
                .map(uri -> send(Call.get(uri)))
                .peek(response -> assertEquals(200, response.status()))
                .map(response -> trace(response.traceId()))
                .max(Comparator.comparingInt(candidate -> candidate.spans().size()))
                .orElseThrow();

        assertEquals(2, trace.clients().size());
        assertEquals("upstream-unreachable", trace.clients().get(0).attribute("error.type"));
        assertEquals("1", trace.clients().get(1).attribute("http.request.resend_count"));
        assertNull(trace.server().attribute("error.type"));
    }

    @Test
    void aRequestToNobodyIsAServerSpanWithoutRoute() {
        Received server = trace(
                        send(Call.get("/secret/4711").host("nobody.test")).traceId())
                .server();

        assertEquals("GET", server.span().getName());
        assertEquals(
                Set.of(
                        "http.request.method",
                        "url.scheme",
                        "network.protocol.version",
                        "http.response.status_code",
                        "clew.error",
                        "clew.host",
                        "clew.path"),
                Trace.attributeNames(server));
        assertEquals("/secret/*", server.attribute("clew.path"));
        assertEquals("unknown-host", server.attribute("clew.error"));
        assertEquals(StatusCode.STATUS_CODE_UNSET, server.span().getStatus().getCode());
    }

    @Test
    void anInventedMethodIsNotASpanName() {
        Received server = trace(send(Call.of("BREW", "/any/pot")).traceId()).server();

        assertEquals("HTTP /any/**", server.span().getName());
        assertEquals("_OTHER", server.attribute("http.request.method"));
        assertNull(server.attribute("error.type"));
    }

    @Test
    void tracesAreNotMixedUpBetweenRequestsOnOneConnection() {
        try (RawClient client = connect()) {
            List<String> ids = IntStream.range(0, 10)
                    .mapToObj(i -> client.send(Call.get("/orders/" + i)).read().traceId())
                    .toList();
            assertEquals(10, Set.copyOf(ids).size());
            ids.forEach(id -> assertFalse(presentTrace(id).clients().isEmpty()));
        }
    }
}
