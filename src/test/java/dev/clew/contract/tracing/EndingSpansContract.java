package dev.clew.contract.tracing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.clew.contract.client.Caller;
import dev.clew.contract.client.Http2Client;
import dev.clew.contract.world.Contract;
import dev.clew.contract.world.Metrics;
import dev.clew.contract.world.SpanFiles;
import dev.clew.contract.world.Trace;
import dev.clew.journal.MaskedPath;
import dev.clew.testing.OtlpServer.Received;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The endings of a request, and exactly the spans that each leaves. */
abstract class EndingSpansContract extends Contract {

    private static final String PARENT = "00f067aa0ba902b7";
    /** The gateway's default, the minimal profile, applies without a tenant. */
    private static final String UNKNOWN = "-nobody";

    /**
     * One ending in each row: the request's course; the suffix of the tenant after its profile; the route, which is
     * also its upstream's name; the status sent; the error's code, or an upstream's error status; the SERVER span's
     * status; and each attempt's status, with its error.type if it has one: "-" for no status, "x" for no connection
     * either. By the conventions, a SERVER span is an error, with an error.type, for 5xx and for a missing or
     * incomplete response; a CLIENT span also for 4xx.
     */
    private static final String ENDINGS =
            """
            /any/x                     |            | any           | 200 |                           | UNSET | 200
            /any/answer?status=304     |            | any           | 304 |                           | UNSET | 304
            /any/answer?status=302&b   |            | any           | 302 |                           | UNSET | 302
            /any/answer?status=404&b   |            | any           | 404 |                           | UNSET | 404/404
            /any/answer?status=500&b=c |            | any           | 500 | 500                       | ERROR | 500/500
            fails once                 |            | flaky         | 200 |                           | UNSET | 503/503 200
            fails always               |            | flaky         | 503 | 503                       | ERROR | 503/503 503/503 503/503
            /refused/x                 |            | refused       | 502 | upstream-unreachable      | ERROR | x/upstream-unreachable
            /refused-twice/x           |            | refused-twice | 502 | upstream-unreachable      | ERROR | x/upstream-unreachable x/upstream-unreachable
            /full/x                    |            | full          | 504 | connect-timeout           | ERROR | x/connect-timeout
            /hasty/x                   |            | hasty         | 504 | response-timeout          | ERROR | -/response-timeout
            half a response            |            | hasty         | 200 | idle-timeout              | ERROR | 200/idle-timeout
            half a request             |            | hasty         | 408 | request-timeout           | UNSET | -/request-timeout
            reset                      |            | hand          | 502 | upstream-reset            | ERROR | -/upstream-reset
            reset in the response      |            | hand          | 200 | upstream-reset            | ERROR | 200/upstream-reset
            /wire/x?answer=a%0D%0A%0D  |            | wire          | 502 | upstream-invalid-response | ERROR | -/upstream-invalid-response
            client gone                |            | hand          | 0   | client-closed-request     | ERROR | -/client-closed-request
            client gone in the response |            | hand          | 200 | client-closed-request     | ERROR | 200/client-closed-request
            second of two              |            | one           | 503 | upstream-busy             | ERROR |
            large body                 |            | any           | 413 | request-too-large         | UNSET |
            too many                   | -rated     | any           | 429 | rate-limited              | UNSET |
            second of two              | -narrow    | hand          | 503 | concurrency-limited       | ERROR |
            /any/x                     | -suspended |               | 503 | tenant-suspended          | ERROR |
            /any/x                     | -nobody    |               | 404 | unknown-host              | UNSET |
            /any/%2f                   |            |               | 400 | malformed-path            | UNSET |
            /nothing?x                 |            |               | 404 | unknown-route             | UNSET |
            PUT                        |            |               | 405 | method-not-allowed        | UNSET |
            malformed                  |            |               | 400 | malformed-request         | UNSET |
            """;

    record Row(
            String happens,
            String tenant,
            String route,
            int status,
            String error,
            boolean failed,
            List<Attempt> attempts) {

        static Row parse(String line) {
            String[] cells =
                    Arrays.stream(line.split("\\|", -1)).map(String::strip).toArray(String[]::new);
            List<Attempt> attempts = Arrays.stream(cells[6].split(" ", -1))
                    .filter(attempt -> !attempt.isEmpty())
                    .map(Attempt::parse)
                    .toList();
            boolean failed = cells[5].equals("ERROR");
            return new Row(cells[0], cells[1], cells[2], Integer.parseInt(cells[3]), cells[4], failed, attempts);
        }
    }

    /** @param status 0 for none */
    record Attempt(boolean connected, int status, String error) {

        static Attempt parse(String cell) {
            String[] parts = (cell + "/").split("/", -1);
            boolean responded = !parts[0].equals("x") && !parts[0].equals("-");
            return new Attempt(!parts[0].equals("x"), responded ? Integer.parseInt(parts[0]) : 0, parts[1]);
        }
    }

    static Stream<Row> endings() {
        return ENDINGS.lines().map(Row::parse);
    }

    @AfterEach
    void nothingIsLeftActive() {
        new Metrics(world.managementPort()).awaitNoneActive();
    }

    @ParameterizedTest
    @MethodSource("endings")
    void minimalOverHttp1(Row row) {
        check(row, "minimal", new Caller.Http1(connect(), false));
    }

    @ParameterizedTest
    @MethodSource("endings")
    void minimalOverHttp2(Row row) {
        check(row, "minimal", new Caller.Http2(new Http2Client(port())));
    }

    @ParameterizedTest
    @MethodSource("endings")
    void semconvOverHttp1(Row row) {
        check(row, "semconv", new Caller.Http1(connect(), true));
    }

    @ParameterizedTest
    @MethodSource("endings")
    void semconvOverHttp2(Row row) {
        check(row, "semconv", new Caller.Http2(new Http2Client(port())));
    }

    private void check(Row row, String profile, Caller caller) {
        try (SpanScene scene = new SpanScene(this, caller, profile + row.tenant(), row.route())) {
            scene.play(row.happens());
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
        String name = scene.method() + (row.route().isEmpty() ? "" : " /" + row.route() + "/**");
        spans.add(shown("SERVER " + name, PARENT, row.failed(), server(row, scene, semconv)));
        for (int i = 0; i < row.attempts().size(); i++) {
            Attempt attempt = row.attempts().get(i);
            Map<String, String> attributes = client(row, attempt, scene, semconv);
            if (i > 0) {
                attributes.put("http.request.resend_count", Integer.toString(i));
            }
            spans.add(
                    shown("CLIENT " + scene.method(), serverId, !attempt.error().isEmpty(), attributes));
        }
        return spans;
    }

    private Map<String, String> common(Row row, SpanScene scene, int status) {
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
        return attributes;
    }

    private Map<String, String> server(Row row, SpanScene scene, boolean semconv) {
        Map<String, String> attributes = common(row, scene, row.status());
        if (row.failed()) {
            attributes.put("error.type", row.error());
        }
        if (!row.error().isEmpty() && !row.error().equals("500") && !row.error().equals("503")) {
            attributes.put("clew.error", row.error());
        }
        attributes.put("url.scheme", "http");
        attributes.put("network.protocol.version", scene.version());
        if (!row.route().isEmpty()) {
            attributes.put("http.route", "/" + row.route() + "/**");
        } else if (!row.error().equals("malformed-request")) {
            attributes.put("clew.host", scene.tenant() + ".test");
            attributes.put("clew.path", MaskedPath.of(scene.path()));
        }
        if (row.error().equals("method-not-allowed")) {
            attributes.put("clew.nearest_route", "read-only");
            attributes.put("clew.missed", "/read-only/**: method (expected: GET)");
        }
        if (semconv) {
            attributes.put("client.address", STRANGER);
            attributes.put("network.peer.address", STRANGER);
            attributes.put("network.peer.port", Integer.toString(scene.clientPort()));
            attributes.put("user_agent.original", SpanScene.USER_AGENT);
        }
        // A rejected head is not interpreted.
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
        Map<String, String> attributes = common(row, scene, attempt.status());
        if (!attempt.error().isEmpty()) {
            attributes.put("error.type", attempt.error());
        }
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

    private static String shown(String name, String parent, boolean failed, Map<String, String> attributes) {
        return name + " in " + parent + (failed ? " ERROR " : " UNSET ") + attributes;
    }

    private static String shown(Received received) {
        var span = received.span();
        String status = span.getStatus().getCode().name().replace("STATUS_CODE_", "")
                + span.getStatus().getMessage();
        return span.getKind().name().replace("SPAN_KIND_", "") + " " + span.getName() + " in "
                + Trace.parentId(received) + " " + status + " " + new TreeMap<>(Trace.attributes(received));
    }
}
