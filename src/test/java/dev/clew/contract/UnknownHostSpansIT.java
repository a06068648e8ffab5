package dev.clew.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.clew.testing.OtlpServer.Received;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A request that is no tenant's is told of as the gateway's own file says for tenants that say nothing. */
class UnknownHostSpansIT {

    private static final String GATEWAY =
            """
            tenant-defaults:
              tracing:
                attributes: semconv
                capture-headers: {request: [x-order]}
            """;

    @Test
    void theGatewaysDefaultsHoldForWhoIsNobodysClient() throws Exception {
        try (OwnWorld world = OwnWorld.start()) {
            Files.writeString(world.folder().resolve("gateway/gateway.yaml"), GATEWAY);
            Map<String, String> environment = new HashMap<>(world.exporting());
            environment.put("CLEW_CONFIG", world.folder().toString());
            try (PackagedGateway gateway = PackagedGateway.start(environment)) {
                RawResponse response = gateway.send(
                        Call.get("/somewhere?a=1").host("nobody.test").header("x-order", "7"));
                response.assertProblem(404, "unknown-host");
                Received server =
                        world.otlp().awaitSpan(span -> Trace.spanId(span).equals(response.spanId()));
                Map<String, String> attributes = Trace.attributes(server);

                assertEquals("/somewhere", attributes.get("url.path"));
                assertEquals("a=REDACTED", attributes.get("url.query"));
                assertEquals("nobody.test", attributes.get("server.address"));
                assertEquals("[7]", attributes.get("http.request.header.x-order"));
            }
        }
    }
}
