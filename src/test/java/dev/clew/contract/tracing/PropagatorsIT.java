package dev.clew.contract.tracing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.contract.client.Call;
import dev.clew.contract.client.RawResponse;
import dev.clew.contract.server.Seen;
import dev.clew.contract.world.GatewayProcess;
import dev.clew.contract.world.OwnWorld;
import dev.clew.contract.world.StreamFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The packaged gateway, with its propagation formats set by OTEL_PROPAGATORS. */
class PropagatorsIT {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String B3_TRACE = "463ac35c9f6413ad48485a3953bb6124";
    private static final String SPAN = "00f067aa0ba902b7";

    private OwnWorld world;

    @BeforeEach
    void startWorld() throws IOException {
        world = OwnWorld.start();
    }

    @AfterEach
    void closeWorld() throws IOException {
        world.close();
    }

    private GatewayProcess gateway(String propagators) throws IOException {
        return GatewayProcess.start(
                world.folder(), Map.of("OTEL_PROPAGATORS", propagators, "OTEL_SDK_DISABLED", "true"));
    }

    private static Call call() {
        return Call.get("/any/x").host(StreamFiles.HOST);
    }

    @Test
    void readsAndSendsAllFormatsThatAreSetAndNoOther() throws IOException {
        try (GatewayProcess gateway = gateway("tracecontext,b3multi,jaeger")) {
            Seen both = gateway.send(call().in(TRACE)
                            .header("b3", B3_TRACE + "-" + SPAN + "-1")
                            .header("baggage", "user=1"))
                    .echoed();

            assertTrue(both.one("traceparent").startsWith("00-" + B3_TRACE), both::toString);
            assertEquals(B3_TRACE, both.one("x-b3-traceid"));
            assertEquals(both.one("traceparent").substring(36, 52), both.one("x-b3-spanid"));
            assertEquals(List.of(), both.all("b3"));
            assertEquals(List.of(), both.all("baggage"));

            Seen w3c =
                    gateway.send(call().in(TRACE).header("X-B3-TraceId", "x")).echoed();
            assertEquals(TRACE, w3c.one("x-b3-traceid"));

            Seen several = gateway.send(call().header("X-B3-TraceId", B3_TRACE.substring(16))
                            .header("X-B3-SpanId", SPAN))
                    .echoed();
            assertEquals("0".repeat(16) + B3_TRACE.substring(16), several.one("x-b3-traceid"));

            long warnings = gateway.output().stream()
                    .filter(line -> line.contains("OTEL_PROPAGATORS"))
                    .count();
            assertEquals(1, warnings, () -> gateway.output().toString());
        }
    }

    @Test
    void followsADecisionWithoutIdsAndSendsTheDebugFlagOnForACallerWhoIsBelieved() throws IOException {
        Files.writeString(
                world.folder().resolve("tenants/believing.yaml"),
                """
                hosts: [believing.test]
                tracing: {inbound: preserve}
                upstreams: {echo: {endpoints: ["http://127.0.0.1:%d"]}}
                routes: [{name: any, match: {path: /any/**}, upstream: echo}]
                """
                        .formatted(world.echo().port()));
        try (GatewayProcess gateway = gateway("b3")) {
            Call believed = call().host("believing.test");

            assertEquals("0", stateOf(gateway.send(believed.header("b3", "0"))));
            assertEquals("d", stateOf(gateway.send(believed.header("b3", B3_TRACE + "-" + SPAN + "-d"))));
            assertEquals("d", stateOf(gateway.send(believed.header("X-B3-Flags", "1"))));
            assertEquals("1", stateOf(gateway.send(believed.header("b3", B3_TRACE + "-" + SPAN))));
            assertEquals("1", stateOf(gateway.send(call().header("b3", B3_TRACE + "-" + SPAN + "-d"))));
        }
    }

    private static String stateOf(RawResponse response) {
        String b3 = response.echoed().one("b3");
        assertTrue(b3.startsWith(response.traceId()), b3);
        return b3.substring(b3.lastIndexOf('-') + 1);
    }

    @Test
    void readsAndSendsNothingWhereNoneIsSet() throws IOException {
        try (GatewayProcess gateway = gateway("none")) {
            RawResponse response =
                    gateway.send(call().in(TRACE).header("b3", "1").header("baggage", "user=1"));

            assertTrue(!response.traceId().equals(TRACE), response::toString);
            assertTrue(
                    response.echoed().names().stream().noneMatch(name -> name.matches("trace.*|b3|x-b3.*|baggage")),
                    response::toString);
        }
    }
}
