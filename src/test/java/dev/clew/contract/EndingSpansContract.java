package dev.clew.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.clew.contract.SpanScene.Script;
import dev.clew.testing.OtlpServer.Received;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every way in which a request can end, and to the letter the spans that it then leaves. */
abstract class EndingSpansContract extends Contract {

    private static final String PARENT = "00f067aa0ba902b7";
    /** No tenant: what the gateway has as default holds, which is the minimal profile. */
    private static final String UNKNOWN = "-nobody";

    /**
     * How a request ends, and what its spans say.
     *
     * @param tenant behind the profile's name
     * @param route its name, its upstream's and its path's first segment; empty without one
     * @param status sent; 0 for none
     * @param error the SERVER span's error.type; empty without one
     * @param failed whether the SERVER span's status is Error
     * @param attempts a CLIENT span each: status or -, then error.type or nothing, then whether it was connected
     */
    record Row(
            String name,
            String tenant,
            String route,
            int status,
            String error,
            boolean failed,
            List<Attempt> attempts,
            Script script) {

        @Override
        public String toString() {
            return name;
        }
    }

    record Attempt(int status, String error, boolean connected) {}

    private static Attempt answered(int status) {
        return new Attempt(status, status >= 400 ? Integer.toString(status) : "", true);
    }

    private static Attempt brokenOff(String error) {
        return new Attempt(200, error, true);
    }

    private static Attempt unanswered(String error) {
        return new Attempt(0, error, true);
    }

    private static Attempt unconnected(String error) {
        return new Attempt(0, error, false);
    }

    /** The table. A status of 5xx or none is an error of the SERVER span, and so is an answer that breaks off. */
    static Stream<Row> endings() {
        return Stream.of(
                routed("success", "any", 200, "", SpanScene::get, answered(200)),
                routed("not modified", "any", 304, "", s -> s.get("/any/answer?status=304"), answered(304)),
                routed("upstream 4xx", "any", 404, "", s -> s.get("/any/answer?status=404&body=x"), answered(404)),
                routed("upstream 5xx", "any", 500, "500", s -> s.get("/any/answer?status=500&body=x"), answered(500)),
                routed("retried, then success", "flaky", 200, "", s -> s.flaky(1), answered(503), answered(200)),
                routed(
                        "retried and failed",
                        "flaky",
                        503,
                        "503",
                        s -> s.flaky(9),
                        answered(503),
                        answered(503),
                        answered(503)),
                routed(
                        "connection refused",
                        "refused",
                        502,
                        "upstream-unreachable",
                        SpanScene::get,
                        unconnected("upstream-unreachable")),
                routed(
                        "refused twice",
                        "refused-twice",
                        502,
                        "upstream-unreachable",
                        SpanScene::get,
                        unconnected("upstream-unreachable"),
                        unconnected("upstream-unreachable")),
                routed(
                        "connect timeout",
                        "full",
                        504,
                        "connect-timeout",
                        SpanScene::get,
                        unconnected("connect-timeout")),
                routed(
                        "response timeout",
                        "hasty",
                        504,
                        "response-timeout",
                        SpanScene::get,
                        unanswered("response-timeout")),
                routed(
                        "idle timeout in the answer",
                        "hasty",
                        200,
                        "idle-timeout",
                        SpanScene::half,
                        brokenOff("idle-timeout")),
                routed(
                        "request timeout",
                        "hasty",
                        408,
                        "request-timeout",
                        SpanScene::halfOfABody,
                        unanswered("request-timeout")),
                routed(
                        "reset before the head",
                        "hand",
                        502,
                        "upstream-reset",
                        SpanScene::resetAtOnce,
                        unanswered("upstream-reset")),
                routed(
                        "reset in the body",
                        "hand",
                        200,
                        "upstream-reset",
                        SpanScene::resetInTheBody,
                        brokenOff("upstream-reset")),
                routed(
                        "garbage",
                        "wire",
                        502,
                        "upstream-invalid-response",
                        s -> s.get("/wire/x?answer=nonsense%0D%0A%0D%0A"),
                        unanswered("upstream-invalid-response")),
                routed(
                        "client gone before the answer",
                        "hand",
                        0,
                        "client-closed-request",
                        SpanScene::leave,
                        unanswered("client-closed-request")),
                routed(
                        "client gone in the answer",
                        "hand",
                        200,
                        "client-closed-request",
                        SpanScene::leaveInTheBody,
                        brokenOff("client-closed-request")),
                routed("upstream busy", "one", 503, "upstream-busy", SpanScene::second),
                routed("body too large", "any", 413, "request-too-large", SpanScene::tooLarge),
                of("rate-limited", "-rated", "any", 429, "rate-limited", SpanScene::untilRateLimited),
                of("concurrency-limited", "-narrow", "hand", 503, "concurrency-limited", SpanScene::second),
                of("suspended", "-suspended", "", 503, "tenant-suspended", SpanScene::get),
                of("unknown host", UNKNOWN, "", 404, "unknown-host", SpanScene::get),
                of("malformed path", "", "", 400, "malformed-path", s -> s.get("/any/%2f")),
                of("unknown route", "", "", 404, "unknown-route", s -> s.get("/nothing?x")),
                of("method not allowed", "", "", 405, "method-not-allowed", s -> s.ask("PUT", "/read-only/x")),
                of("malformed request", "", "", 400, "malformed-request", SpanScene::malformed));
    }

    private static Row routed(String name, String route, int status, String error, Script script, Attempt... attempts) {
        boolean brokenOff = status > 0 && status < 400 && !error.isEmpty();
        boolean failed = status == 0 || status >= 500 || brokenOff;
        return new Row(name, "", route, status, error, failed, List.of(attempts), script);
    }

    private static Row of(String name, String tenant, String route, int status, String error, Script script) {
        return new Row(name, tenant, route, status, error, status >= 500, List.of(), script);
    }

    @AfterEach
    void nothingIsLeftActive() {
        new Metrics(world.managementPort()).awaitNoneActive();
    }

    @ParameterizedTest
    @MethodSource("endings")
    void minimalOverHttp1(Row row) {
        check(row, "minimal", new Caller.Http1(connect()));
    }

    @ParameterizedTest
    @MethodSource("endings")
    void minimalOverHttp2(Row row) {
        check(row, "minimal", new Caller.Http2(new Http2Client(port())));
    }

    @ParameterizedTest
    @MethodSource("endings")
    void semconvOverHttp1(Row row) {
        check(row, "semconv", new Caller.Http1(connect()));
    }

    @ParameterizedTest
    @MethodSource("endings")
    void semconvOverHttp2(Row row) {
        check(row, "semconv", new Caller.Http2(new Http2Client(port())));
    }

    private void check(Row row, String profile, Caller caller) {
        try (SpanScene scene = new SpanScene(this, caller, profile + row.tenant(), row.route())) {
            row.script().play(scene);
            Trace trace = trace(scene.traceId());
            List<String> spans = new ArrayList<>();
            spans.add(shown(trace.server()));
            trace.clients().forEach(client -> spans.add(shown(client)));
            assertEquals(expected(row, profile, scene, Trace.spanId(trace.server())), spans);
        }
    }

    private List<String> expected(Row row, String profile, SpanScene scene, String serverId) {
        boolean semconv = profile.equals("semconv") && !row.tenant().equals(UNKNOWN);
        List<String> spans = new ArrayList<>();
        spans.add(shown("SERVER", scene, row.route(), PARENT, row.failed(), server(row, scene, semconv)));
        for (int i = 0; i < row.attempts().size(); i++) {
            Attempt attempt = row.attempts().get(i);
            Map<String, String> attributes = client(row, attempt, scene, semconv);
            if (i > 0) {
                attributes.put("http.request.resend_count", Integer.toString(i));
            }
            spans.add(shown(
                    "CLIENT", scene, row.route(), serverId, !attempt.error().isEmpty(), attributes));
        }
        return spans;
    }

    private Map<String, String> common(Row row, SpanScene scene, int status, String error) {
        Map<String, String> attributes = new TreeMap<>();
        if (!row.tenant().equals(UNKNOWN)) {
            attributes.put("tenant.id", scene.tenant());
        }
        attributes.put("http.request.method", scene.method());
        if (!row.route().isEmpty()) {
            attributes.put("clew.route", row.route());
            attributes.put("clew.upstream", row.route().equals("any") ? "echo" : row.route());
        }
        if (status > 0) {
            attributes.put("http.response.status_code", Integer.toString(status));
        }
        if (!error.isEmpty()) {
            attributes.put("error.type", error);
        }
        return attributes;
    }

    private Map<String, String> server(Row row, SpanScene scene, boolean semconv) {
        Map<String, String> attributes = common(row, scene, row.status(), row.error());
        attributes.put("url.scheme", "http");
        attributes.put("network.protocol.version", scene.version());
        if (!row.route().isEmpty()) {
            attributes.put("http.route", "/" + row.route() + "/**");
        }
        if (semconv) {
            attributes.put("client.address", STRANGER);
            attributes.put("network.peer.address", STRANGER);
            attributes.put("network.peer.port", Integer.toString(scene.clientPort()));
            attributes.put("user_agent.original", SpanScene.USER_AGENT);
        }
        // What a refused head asks for was not understood.
        if (semconv && !row.error().equals("malformed-request")) {
            attributes.put("server.address", scene.tenant() + ".test");
            attributes.put("server.port", "80");
            attributes.put("url.path", scene.path());
            if (scene.redactedQuery() != null) {
                attributes.put("url.query", scene.redactedQuery());
            }
        }
        return attributes;
    }

    private Map<String, String> client(Row row, Attempt attempt, SpanScene scene, boolean semconv) {
        Map<String, String> attributes = common(row, scene, attempt.status(), attempt.error());
        String port = Integer.toString(SpanFiles.portOf(world.folder(), attributes.get("clew.upstream")));
        attributes.put("server.address", "127.0.0.1");
        attributes.put("server.port", port);
        if (semconv) {
            String path = row.route().equals("any") ? scene.path().substring("/any".length()) : scene.path();
            String query = scene.redactedQuery() == null ? "" : "?" + scene.redactedQuery();
            attributes.put("url.full", "http://127.0.0.1:" + port + path + query);
        }
        if (semconv && attempt.connected()) {
            attributes.put("network.peer.address", "127.0.0.1");
            attributes.put("network.peer.port", port);
            attributes.put("network.protocol.version", "1.1");
        }
        return attributes;
    }

    private static String shown(
            String kind, SpanScene scene, String route, String parent, boolean failed, Map<String, String> attributes) {
        String name = scene.method() + (route.isEmpty() ? "" : " /" + route + "/**");
        return kind + " " + name + " in " + parent + (failed ? " ERROR " : " UNSET ") + attributes;
    }

    private static String shown(Received received) {
        var span = received.span();
        String status = span.getStatus().getCode().name().replace("STATUS_CODE_", "")
                + span.getStatus().getMessage();
        return span.getKind().name().replace("SPAN_KIND_", "") + " " + span.getName() + " in "
                + Trace.parentId(received) + " " + status + " " + new TreeMap<>(Trace.attributes(received));
    }
}
