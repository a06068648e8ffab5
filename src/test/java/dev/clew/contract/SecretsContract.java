package dev.clew.contract;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** What a user sends in confidence reaches the upstream and nothing else. */
abstract class SecretsContract extends Contract {

    /** Wherever a request can carry one: path, query, header names and values, credentials, cookies, trace state, body. */
    private static Call carrying(String secret, String target, String host) {
        return Call.post(target + "/" + secret + "?token=" + secret + "&" + secret, "{\"password\":\"" + secret + "\"}")
                .host(host)
                .header("Authorization", "Bearer " + secret)
                .header("Cookie", "session=" + secret)
                .header("X-" + secret, "1")
                .header("User-Agent", secret)
                .header("Referer", "http://example.test/" + secret)
                .header("baggage", "user=" + secret)
                .header("X-Forwarded-For", secret);
    }

    @Test
    void noSecretLeavesInASpanLogLineMetricConsolePageOrErrorBody() {
        String secret = "s3cr3t" + marker();
        List<Call> calls = List.of(
                carrying(secret, "/any", Call.HOST),
                carrying(secret, "/any/answer", Call.HOST),
                carrying(secret, "/nothing", Call.HOST),
                carrying(secret, "/refused", Call.HOST),
                carrying(secret, "/any/reset/head", Call.HOST),
                carrying(secret, "/quick/never", Call.HOST),
                carrying(secret, "/a/%2f", Call.HOST),
                carrying(secret, "/any", secret + ".test"),
                carrying(secret, "/any", "user:" + secret + "@acme.test"),
                carrying(secret, "/any", Call.HOST).line("no colon " + secret),
                carrying(secret, "/any", Call.HOST).version(secret),
                carrying(secret, "/any" + "x".repeat(9000), Call.HOST),
                new Call(secret.toUpperCase(Locale.ROOT), "/orders/1", "HTTP/1.1", List.of("Host: acme.test"), ""));
        List<String> told = new ArrayList<>();
        for (Call call : calls) {
            RawResponse response = send(call);
            String traceId = response.traceId();
            trace(traceId).spans().forEach(span -> told.add(span.span() + "" + span.resource()));
            told.add(world.awaitAccessLogLine(traceId).encode());
            told.add(management("/q/traces/" + traceId));
            if (response.status() != 200) {
                told.add(response.headers() + response.body());
            }
        }
        told.add(management("/q/metrics"));
        told.add(management("/q/health"));
        told.add(String.join("\n", world.accessLogLines()));
        for (String text : told) {
            assertFalse(text.toLowerCase(Locale.ROOT).contains(secret), text);
        }
    }

    @Test
    void noAddressOfAnUpstreamIsToldToAClient() {
        for (String target : List.of("/refused", "/any/reset/head", "/quick/never")) {
            RawResponse response = send(Call.get(target));
            String problem = new JsonObject(response.body()).encode() + response.headers();

            assertFalse(problem.contains("127.0.0.1") || problem.contains("echo"), problem);
        }
    }

    private String management(String path) {
        return given().get("http://127.0.0.1:" + world.managementPort() + path).asString();
    }

    /** The exporter's own bytes, since a decoder skips what it does not know. */
    @Test
    void noSecretStandsInTheBytesOfAnExportedSpan() {
        String secret = "s3cr3t" + marker();
        RawResponse response = send(carrying(secret, "/any", Call.HOST));

        trace(response.traceId())
                .spans()
                .forEach(span -> assertFalse(
                        new String(span.span().toByteArray(), StandardCharsets.ISO_8859_1).contains(secret)));
    }
}
