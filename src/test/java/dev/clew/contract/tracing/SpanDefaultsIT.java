package dev.clew.contract.tracing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.contract.client.Call;
import dev.clew.contract.client.RawResponse;
import dev.clew.contract.world.GatewayProcess;
import dev.clew.contract.world.OwnWorld;
import dev.clew.contract.world.Trace;
import dev.clew.testing.OtlpServer.Received;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Span settings of the gateway's file and the environment: they apply to requests without a tenant, and their limits to
 * all.
 */
class SpanDefaultsIT {

    private static final String GATEWAY =
            """
            tenant-defaults:
              tracing:
                attributes: semconv
                capture-headers: {request: [x-order]}
            """;

    private static Map<String, String> serverSpan(Map<String, String> environment, Call call) throws Exception {
        try (OwnWorld world = OwnWorld.start()) {
            Files.writeString(world.folder().resolve("gateway/gateway.yaml"), GATEWAY);
            Map<String, String> whole = new HashMap<>(environment);
            whole.putAll(world.exporting());
            try (GatewayProcess gateway = GatewayProcess.start(world.folder(), whole)) {
                RawResponse response = gateway.send(call).assertProblem(404, "unknown-host");
                Received server =
                        world.otlp().awaitSpan(span -> Trace.spanId(span).equals(response.spanId()));
                return Trace.attributes(server);
            }
        }
    }

    @Test
    void theDefaultsForTenantsHoldForUnknownHosts() throws Exception {
        Map<String, String> attributes = serverSpan(
                Map.of(), Call.get("/somewhere?a=1").host("nobody.test").header("x-order", "7"));

        assertEquals("/somewhere", attributes.get("url.path"));
        assertEquals("a=REDACTED", attributes.get("url.query"));
        assertEquals("nobody.test", attributes.get("server.address"));
        assertEquals("[7]", attributes.get("http.request.header.x-order"));
    }

    @Test
    void theLimitsOfTheEnvironmentHoldForWhatTellsOfTheCaller() throws Exception {
        Map<String, String> attributes = serverSpan(
                Map.of("OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT", "5"),
                Call.get("/somewhere")
                        .host("nobody.test")
                        .header("x-order", "1234567")
                        .header("x-order", "8"));

        assertEquals("/some", attributes.get("url.path"));
        assertEquals("[12345, 8]", attributes.get("http.request.header.x-order"));
        assertTrue(attributes.values().stream().allMatch(value -> value.startsWith("[") || value.length() <= 5));
    }
}
