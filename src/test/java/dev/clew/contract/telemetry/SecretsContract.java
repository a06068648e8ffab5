package dev.clew.contract.telemetry;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.clew.contract.client.Call;
import dev.clew.contract.client.Front;
import dev.clew.contract.client.Http2Client;
import dev.clew.contract.client.RawClient;
import dev.clew.contract.client.RawResponse;
import dev.clew.contract.server.Turn;
import dev.clew.contract.world.Contract;
import dev.clew.contract.world.IssuerFiles;
import dev.clew.contract.world.Issuers;
import dev.clew.contract.world.Trace;
import dev.clew.testing.Await;
import dev.clew.testing.OtlpServer.Received;
import io.vertx.core.Vertx;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks that confidential parts of requests reach only the upstream, and those of responses only the client. */
abstract class SecretsContract extends Contract {

    private static final String SEMCONV = "semconv";

    /** The pages of the management port except those of single traces. */
    private static final List<String> PAGES = List.of(
            "/",
            "/q",
            "/q/health",
            "/q/health/live",
            "/q/health/ready",
            "/q/health/started",
            "/q/metrics",
            "/q/config",
            "/q/telemetry",
            "/q/coverage",
            "/q/overload",
            "/q/openapi",
            "/api/v1/requests?limit=500",
            "/api/v1/requests?worth=rejected&limit=200",
            "/api/v1/tenants",
            "/api/v1/tenants/minimal",
            "/api/v1/tenants/capturing",
            "/api/v1/upstreams",
            "/api/v1/limits",
            "/api/v1/destinations",
            "/api/v1/coverage",
            "/api/v1/problems",
            "/api/v1/statistics",
            "/api/v1/gateway");

    Issuers issuers;

    private final Secrets secrets = new Secrets();
    /** The trace IDs of the requests with secrets. */
    private final List<String> traceIds = new ArrayList<>();

    /** Asserts that no output of the gateway contains a secret; spans may contain the given ones. */
    private void assertShown(Set<String> inSpans) throws IOException {
        List<String> spans = new ArrayList<>();
        List<String> others = new ArrayList<>();
        for (String traceId : traceIds) {
            trace(traceId);
            others.add(world.awaitAccessLogLine(traceId).encode());
            others.add(management("/api/v1/traces/" + traceId));
            others.add(management("/api/v1/traces/" + traceId + "?format=zipkin"));
            others.addAll(requests(traceId));
        }
        for (Received received : world.otlp().spans()) {
            spans.add(new String(received.span().toByteArray(), ISO_8859_1));
            others.add(received.resource() + " " + received.headers());
        }
        world.otlp().logs().forEach(log -> others.add(new String(log.log().toByteArray(), ISO_8859_1)));
        world.otlp()
                .awaitMetrics(1)
                .forEach(message -> others.add(message.metrics().toString()));
        others.add(Files.readString(world.accessLog(), ISO_8859_1));
        others.add(Files.readString(world.log(), ISO_8859_1));
        PAGES.forEach(page -> others.add(management(page)));

        Set<String> shownElsewhere = new TreeSet<>();
        others.forEach(text -> shownElsewhere.addAll(secrets.shownBy(text)));
        assertEquals(Set.of(), shownElsewhere, "in logs, metrics and pages");
        Set<String> shownBySpans = new TreeSet<>();
        spans.forEach(text -> shownBySpans.addAll(secrets.shownBy(text)));
        assertEquals(inSpans, shownBySpans, "in spans");
    }

    /** Returns the journal's entries of a trace as the API tells them, each with its story, trail and log line. */
    private List<String> requests(String traceId) {
        String list = management("/api/v1/requests?trace-id=" + traceId);
        List<String> told = new ArrayList<>(List.of(list));
        JsonArray found = new JsonObject(list).getJsonArray("requests");
        assertFalse(found.isEmpty(), list);
        for (int i = 0; i < found.size(); i++) {
            told.add(management("/api/v1/requests/" + found.getJsonObject(i).getString("id")));
        }
        return told;
    }

    private String management(String path) {
        return given().get("http://127.0.0.1:" + world.managementPort() + path).asString();
    }

    /** An error of the gateway's own repeats nothing of the request either. */
    /**
     * Sends the calls at once, because some responses take long. A response of the gateway itself repeats no secret.
     */
    private void sendAll(Stream<Call> calls) {
        List<RawClient> clients = calls.map(call -> connect().send(call)).toList();
        for (RawClient client : clients) {
            try (client) {
                RawResponse response = client.read();
                traceIds.add(response.traceId());
                if (response.body().contains("urn:clew:error:")) {
                    assertEquals(Set.of(), secrets.shownBy(response.toString()));
                }
            }
        }
    }

    private Stream<Call> everyFate(String host) {
        String rest = "x".repeat(9000);
        Call plain = secrets.call("/any");
        return Stream.of(
                plain.host(host),
                plain.host(host).line("no colon " + secrets.in("line")),
                plain.host(host).version(secrets.in("version")),
                plain.host("user:" + secrets.in("userinfo") + "@" + host),
                secrets.call("/any" + rest).host(host),
                plain.host(host).header("X-Long", secrets.in("long") + rest.repeat(4)),
                Call.get("http://user:" + secrets.in("userinfo") + "@" + host + "/any/x")
                        .host(host));
    }

    private Stream<Call> everyTarget(String host) {
        return Stream.of(
                        "/any",
                        "/any/answer",
                        "/any/reset/head",
                        "/any/%2f",
                        "/nothing",
                        "/refused",
                        "/full",
                        "/hasty",
                        "/read-only")
                .map(target -> secrets.call(target).host(host));
    }

    @ParameterizedTest
    @ValueSource(strings = {"minimal", "capturing", "credulous"})
    void noSecretOfARequestIsTold(String tenant) throws IOException {
        String host = tenant + ".test";
        sendAll(Stream.concat(everyTarget(host), everyFate(host)));
        sendAll(Stream.of(
                secrets.call("/any").host(secrets.in("subdomain") + "." + host),
                secrets.call("/any").host(secrets.in("unknown") + ".test"),
                Call.of(secrets.in("method").toUpperCase(Locale.ROOT), "/any/x").host(host)));
        assertShown(Set.of());
    }

    /** No value of a query is recorded either, with or without a name. */
    @Test
    void aTenantThatAsksForItHasPathHostUserAgentAndMethodInItsSpansAndNothingElse() throws IOException {
        String host = SEMCONV + ".test";
        sendAll(Stream.concat(everyTarget(host), everyFate(host)));
        sendAll(Stream.of(
                secrets.call("/any").host(secrets.in("subdomain") + "." + host),
                secrets.call("/any").host(secrets.in("unknown") + ".test"),
                Call.of(secrets.in("method").toUpperCase(Locale.ROOT), "/any/x").host(host)));
        assertShown(Set.of("path", "key", "useragent", "subdomain", "method"));
    }

    static Stream<String> tenants() {
        return Stream.of("minimal", SEMCONV, "capturing", "credulous");
    }

    @ParameterizedTest
    @MethodSource("tenants")
    void noSecretOfAResponseIsTold(String tenant) throws IOException {
        String broken = "HTTP/1.1 200 OK\r\nContent-Length: " + secrets.in("length") + "\r\n\r\n";
        String nonsense = secrets.in("nonsense") + " " + secrets.in("nonsense") + "\r\n\r\n";
        String badField = "HTTP/1.1 200 OK\r\nX-" + secrets.in("field") + "\u0001: " + secrets.in("field") + "\r\n\r\n";
        String badChunk = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + secrets.in("chunk") + "\r\n";
        for (String response : List.of(secrets.response(), broken, nonsense, badField, badChunk)) {
            String marker = marker();
            String traceId = Trace.random();
            try (RawClient client = connect()) {
                client.send(Call.get("/hand/" + marker).host(tenant + ".test").in(traceId));
                Turn turn = world.hand().take(marker).send(response);
                traceIds.add(traceId);
                world.awaitAccessLogLine(traceId);
                turn.done();
            }
        }
        assertShown(Set.of());
    }

    @ParameterizedTest
    @MethodSource("tenants")
    void noSecretOfAnHttp2RequestIsTold(String tenant) throws IOException {
        String host = ":authority " + tenant + ".test";
        String[][] requests = {
            {":method GET", ":path /any/x", host, "cookie " + secrets.in("crumb"), "x-bad a\u0001" + secrets.in("bad")},
            {":method GET", ":path /any/x", ":authority user:" + secrets.in("user") + "@" + tenant + ".test"},
            {":method GET", ":path /any/x", host, "te " + secrets.in("te")},
            {":method GET", ":path /any/x", host, "content-length " + secrets.in("number")},
            {":method GET", ":path /any/x", host, "bad\u0001" + secrets.in("name") + " 1"},
            {":method GET", ":path /any/x", host, ":pseudo " + secrets.in("pseudo")},
            {":method GET " + secrets.in("method"), ":path /any/x", host},
            {":method GET", ":path " + secrets.in("target"), host},
            {":method GET", ":path /any/x", ":authority a b" + secrets.in("authority")},
        };
        for (String[] lines : requests) {
            String traceId = Trace.random();
            try (Http2Client client = new Http2Client(port())) {
                List<String> all = new ArrayList<>(List.of(":scheme http"));
                all.addAll(List.of(lines));
                all.add("traceparent 00-" + traceId + "-00f067aa0ba902b7-01");
                int stream = client.open(Http2Client.END_STREAM, all.toArray(String[]::new));
                if (client.await(stream) instanceof Http2Client.Outcome.Responded) {
                    traceIds.add(traceId);
                }
            }
        }
        assertFalse(traceIds.isEmpty());
        assertShown(Set.of());
    }

    @Test
    void theNameThatATlsClientAsksForIsNotTold() throws Exception {
        Vertx vertx = Vertx.vertx();
        try {
            RequestOptions options = new RequestOptions()
                    .setServer(SocketAddress.inetSocketAddress(world.tlsPort(), "127.0.0.1"))
                    .setHost(secrets.in("sni") + ".test")
                    .setURI("/any/x");
            String traceId = Front.HTTP_1_OVER_TLS
                    .client(vertx)
                    .request(options)
                    .compose(request -> request.send())
                    .map(response -> response.getHeader("x-trace-id"))
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS);
            traceIds.add(traceId);
        } finally {
            vertx.close();
        }
        assertShown(Set.of());
    }

    /** No valid or invalid credential is disclosed, nor any claim about the caller. */
    @Test
    void noCredentialIsTold() throws IOException {
        String token = issuers.steady.sign(Issuers.claims(secrets.in("subject")));
        sendAll(Stream.of("/users", "/partners", "/either", "/open", "/writers", "/filed", "/hanging", "/inside")
                .flatMap(target -> Stream.of(
                        secrets.call(target).host(IssuerFiles.HOST),
                        Call.get(target + "/x").host(IssuerFiles.HOST).header("Authorization", "Bearer " + token),
                        Call.get(target + "/x")
                                .host(IssuerFiles.HOST)
                                .header("Authorization", "Bearer " + secrets.in("token") + ".x.y")
                                .header("X-Api-Key", secrets.in("apikey")))));
        assertShown(Set.of());
        assertFalse(Files.readString(world.log(), ISO_8859_1).contains(token));
    }

    @Test
    void noAddressOfAnUpstreamIsToldToAClient() {
        for (String target : List.of("/refused", "/any/reset/head", "/quick/never")) {
            RawResponse response = send(Call.get(target));
            String problem = new JsonObject(response.body()).encode() + response.headers();

            assertFalse(problem.contains("127.0.0.1") || problem.contains("echo"), problem);
        }
    }
}
