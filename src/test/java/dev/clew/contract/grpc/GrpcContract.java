package dev.clew.contract.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.clew.contract.client.Call;
import dev.clew.contract.client.Http2Client;
import dev.clew.contract.client.Http2Client.Outcome;
import dev.clew.contract.client.RawResponse;
import dev.clew.contract.server.CallUpstream;
import dev.clew.contract.world.Contract;
import dev.clew.contract.world.GrpcFiles;
import dev.clew.contract.world.GrpcServices;
import dev.clew.contract.world.Metrics;
import dev.clew.contract.world.NeverBlocked;
import dev.clew.contract.world.Trace;
import dev.clew.testing.Await;
import dev.clew.testing.OtlpServer.Received;
import io.opentelemetry.proto.trace.v1.Status;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** gRPC calls, and their telemetry ("gRPC over HTTP2"). */
@ExtendWith(NeverBlocked.class)
abstract class GrpcContract extends Contract {

    GrpcServices grpc;

    private static int open(Http2Client client, String authority, String path, String type, String traceId) {
        return client.open(
                0,
                ":method POST",
                ":scheme http",
                ":authority " + authority,
                ":path " + path,
                "content-type " + type,
                "te trailers",
                "grpc-timeout 20S",
                "traceparent 00-" + traceId + "-00f067aa0ba902b7-01");
    }

    private static int open(Http2Client client, String path) {
        return open(client, GrpcFiles.HOST, path, "application/grpc", Trace.random());
    }

    private static RawResponse responseOf(Http2Client client, int stream) {
        return assertInstanceOf(Outcome.Responded.class, client.await(stream)).response();
    }

    /** Sends a complete call with one message. */
    private RawResponse call(String path) {
        try (Http2Client client = new Http2Client(port())) {
            int stream = open(client, path);
            client.data(stream, Http2Client.END_STREAM, CallUpstream.MESSAGE);
            return responseOf(client, stream);
        }
    }

    @Test
    void deadlineAndTheWishForTrailersArePassedOn() {
        RawResponse response = call("/calls/asks");
        assertEquals("trailers", response.one("x-te"));
        assertEquals("20S", response.one("x-grpc-timeout"));
        assertEquals("application/grpc", response.one("x-content-type"));
    }

    @Test
    void responseThatIsTrailersOnlyStaysSo() {
        RawResponse response = call("/calls/trailers-only/5");
        assertEquals(200, response.status());
        assertEquals("5", response.one("grpc-status"));
        assertEquals("as told", response.one("grpc-message"));
        assertEquals(List.of(), response.trailers());
        assertEquals("", response.body());
    }

    @Test
    void statusInTrailersStaysThere() {
        RawResponse response = call("/calls/ends/3");
        assertEquals(CallUpstream.MESSAGE, response.body());
        assertFalse(response.has("grpc-status"), response::toString);
        assertEquals(List.of(Map.entry("grpc-status", "3")), response.trailers());
    }

    @Test
    void responseStreamsWhileTheRequestDoes() {
        try (Http2Client client = new Http2Client(port())) {
            int stream = open(client, "/calls/echo");
            for (int i = 0; i < 5; i++) {
                client.data(stream, 0, "message " + i);
                assertEquals("message " + i, client.awaitData());
            }
            client.data(stream, Http2Client.END_STREAM, "last");
            RawResponse rest = responseOf(client, stream);
            assertEquals("last", rest.body());
            assertEquals(List.of(Map.entry("grpc-status", "0")), rest.trailers());
        }
    }

    @Test
    void responseMayEndBeforeTheRequestDoes() {
        try (Http2Client client = new Http2Client(port())) {
            RawResponse response = responseOf(client, open(client, "/calls/ends/0"));
            assertEquals(CallUpstream.MESSAGE, response.body());
            assertEquals(List.of(Map.entry("grpc-status", "0")), response.trailers());
        }
    }

    /** The timeout of another request shows that the response timeout has passed. */
    @Test
    void onceTheResponseHasBegunOnlySilenceEndsIt() {
        String key = marker();
        try (Http2Client client = new Http2Client(port())) {
            int stream = open(client, "/patient/holds/" + key);
            Await.until("call at the upstream", () -> grpc.calls().holds(key));
            client.data(stream, Http2Client.END_STREAM, CallUpstream.MESSAGE);
            send(Call.get("/quick/never")).assertProblem(504, "response-timeout");
            grpc.calls().release(key);
            assertEquals(
                    List.of(Map.entry("grpc-status", "0")),
                    responseOf(client, stream).trailers());
        }
    }

    @Test
    void clientThatCancelsCancelsTheCallUpstream() {
        String key = marker();
        try (Http2Client client = new Http2Client(port())) {
            int stream = open(client, "/calls/holds/" + key);
            Await.until("call at the upstream", () -> grpc.calls().holds(key));
            client.reset(stream);
            assertEquals(8, grpc.calls().awaitReset(key));
        }
    }

    @Test
    void callThatTheClientCancelsBeforeTheResponseIsNoErrorOfTheServer() {
        String key = marker();
        String traceId = Trace.random();
        try (Http2Client client = new Http2Client(port())) {
            int stream = open(client, GrpcFiles.HOST, "/calls/waits/" + key, "application/grpc", traceId);
            Await.until("call at the upstream", () -> grpc.calls().holds(key));
            client.reset(stream);
            assertCancelled(trace(traceId), null, "client-closed-request");
        }
        JsonObject line = world.awaitAccessLogLine(traceId);
        assertEquals("CANCELLED", line.getString("grpc_status"));
        assertEquals("client-closed-request", line.getString("error"));
    }

    @Test
    void callThatTheClientCancelsDuringTheResponseIsNoErrorOfTheServer() {
        String traceId = Trace.random();
        try (Http2Client client = new Http2Client(port())) {
            int stream = open(client, GrpcFiles.HOST, "/calls/echo", "application/grpc", traceId);
            client.data(stream, 0, "message");
            assertEquals("message", client.awaitData());
            client.reset(stream);
            assertCancelled(trace(traceId), "200", "client-closed-request");
        }
    }

    /** @param httpStatus null before the response began */
    private static void assertCancelled(Trace trace, String httpStatus, String error) {
        for (Received span : trace.spans()) {
            assertEquals("CANCELLED", span.attribute("rpc.response.status_code"));
            assertEquals(httpStatus, span.attribute("http.response.status_code"));
        }
        assertEquals(error, trace.server().attribute("clew.error"));
        assertNull(trace.server().attribute("error.type"));
        assertEquals(
                Status.StatusCode.STATUS_CODE_UNSET,
                trace.server().span().getStatus().getCode());
        assertEquals(error, trace.client().attribute("error.type"));
        assertEquals(
                Status.StatusCode.STATUS_CODE_ERROR,
                trace.client().span().getStatus().getCode());
    }

    @ParameterizedTest
    @CsvSource({"8, 8", "2, 2", "7, 2", "0, 2"})
    void upstreamThatResetsACallResetsItForTheClient(int code, int passedOn) {
        try (Http2Client client = new Http2Client(port())) {
            int stream = open(client, "/calls/resets/" + code);
            Outcome.Reset reset = assertInstanceOf(Outcome.Reset.class, client.await(stream));
            assertEquals(passedOn, reset.errorCode());
        }
    }

    @Test
    void callThatTheUpstreamCancelsBeforeItRespondsIsCancelledForTheClient() {
        String traceId = Trace.random();
        try (Http2Client client = new Http2Client(port())) {
            int stream = open(client, GrpcFiles.HOST, "/calls/resets-first/8", "application/grpc", traceId);
            Outcome.Reset reset = assertInstanceOf(Outcome.Reset.class, client.await(stream));
            assertEquals(8, reset.errorCode());
            assertCancelled(trace(traceId), null, "upstream-reset");
        }
        assertEquals("14", call("/calls/resets-first/2").one("grpc-status"));
        new Metrics(world.managementPort()).awaitNoneActive();
    }

    @ParameterizedTest
    @CsvSource({
        "grpc.test, /nothing, 12, unknown-route",
        "nobody.test, /calls/asks, 12, unknown-host",
        "grpc.test, /read-only/x, 12, method-not-allowed",
        "grpc.test, /calls/%2f, 13, malformed-path",
        "grpc.test, /refused/x, 14, upstream-unreachable",
        "grpc.test, /calls/never-mind-the-gap/x, 14, "
    })
    void errorsOfTheGatewayAreTrailersOnly(String authority, String path, String status, String code) {
        String traceId = Trace.random();
        try (Http2Client client = new Http2Client(port())) {
            int stream = open(client, authority, path, "application/grpc+proto", traceId);
            client.data(stream, Http2Client.END_STREAM, CallUpstream.MESSAGE);
            RawResponse response = responseOf(client, stream);
            if (code == null) {
                assertEquals(503, response.status(), "the upstream's response, unchanged");
                return;
            }
            assertEquals(200, response.status(), response::toString);
            assertEquals("application/grpc", response.one("content-type"));
            assertEquals(status, response.one("grpc-status"));
            assertEquals(code, response.one("grpc-message").split(":", 2)[0]);
            assertEquals(traceId, response.traceId());
            assertEquals("", response.body());
            assertEquals(List.of(), response.trailers());
            assertEquals(code, trace(traceId).server().attribute("error.type"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/grpc-web", "application/grpcx", "application/json"})
    void otherMediaTypesGetProblems(String type) {
        try (Http2Client client = new Http2Client(port())) {
            int stream = open(client, GrpcFiles.HOST, "/nothing", type, Trace.random());
            client.data(stream, Http2Client.END_STREAM, "x");
            responseOf(client, stream).assertProblem(404, "unknown-route");
        }
    }

    /**
     * A status may be the client's fault; then only the CLIENT span is an error (OpenTelemetry, "Semantic conventions
     * for gRPC").
     */
    @ParameterizedTest
    @CsvSource({
        "/calls/ends/0, OK, UNSET, UNSET",
        "/calls/ends/5, NOT_FOUND, UNSET, ERROR",
        "/calls/trailers-only/5, NOT_FOUND, UNSET, ERROR",
        "/calls/ends/13, INTERNAL, ERROR, ERROR",
        "/calls/trailers-only/14, UNAVAILABLE, ERROR, ERROR",
        "/calls/ends/99, UNKNOWN, ERROR, ERROR",
    })
    void spansTellHowACallEnded(String path, String status, String server, String client) {
        String traceId = call(path).traceId();
        Trace trace = trace(traceId);
        check(trace.server(), status, server);
        check(trace.client(), status, client);
        assertEquals(status, world.awaitAccessLogLine(traceId).getString("grpc_status"));
    }

    private static void check(Received span, String status, String expected) {
        assertEquals("grpc", span.attribute("rpc.system.name"));
        assertEquals(status, span.attribute("rpc.response.status_code"));
        assertEquals("200", span.attribute("http.response.status_code"));
        assertEquals(expected.equals("ERROR") ? status : null, span.attribute("error.type"));
        assertEquals(
                expected.equals("ERROR") ? Status.StatusCode.STATUS_CODE_ERROR : Status.StatusCode.STATUS_CODE_UNSET,
                span.span().getStatus().getCode());
    }

    @ParameterizedTest
    @CsvSource({"/refused/x, UNAVAILABLE, ERROR", "/nothing, UNIMPLEMENTED, ERROR"})
    void serverSpanOfACallThatTheGatewayEndsTellsWhatItWasTold(String path, String status, String expected) {
        Received server = trace(call(path).traceId()).server();
        assertEquals(status, server.attribute("rpc.response.status_code"));
        assertEquals(
                "STATUS_CODE_" + expected, server.span().getStatus().getCode().name());
    }

    @Test
    void otherRequestsTellNothingOfGrpc() {
        Received server = trace(send(Call.get("/orders/1")).traceId()).server();
        assertFalse(Trace.attributeNames(server).stream().anyMatch(name -> name.startsWith("rpc.")));
    }
}
