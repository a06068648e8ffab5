package dev.clew.contract.tracing;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.clew.contract.client.Call;
import dev.clew.contract.client.RawResponse;
import dev.clew.contract.server.EchoUpstream;
import dev.clew.contract.world.GatewayProcess;
import dev.clew.contract.world.Trace;
import dev.clew.testing.OtlpServer;
import dev.clew.testing.OtlpServer.Received;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The table in docs/tracing.md, row by row, on the wire and at the telemetry backend. */
class TrustTableIT {

    private static final Path PAGE = Path.of("docs/tracing.md");
    private static final String PARENT = "00f067aa0ba902b7";

    @TempDir
    static Path folder;

    private static EchoUpstream echo;

    @BeforeAll
    static void start() throws IOException {
        echo = EchoUpstream.start();
        Path tenants = Files.createDirectories(folder.resolve("tenants"));
        Map<String, String> policies = Map.of(
                "preserve", "{inbound: preserve}",
                "preserve-id", "{inbound: preserve-id}",
                "restart", "{inbound: restart}",
                "fence", "{sampling: {ratio: 1}}");
        for (Map.Entry<String, String> policy : policies.entrySet()) {
            Files.writeString(
                    tenants.resolve(policy.getKey() + ".yaml"),
                    """
                    hosts: [%s.test]
                    tracing: %s
                    upstreams: {echo: {endpoints: ["http://127.0.0.1:%d"]}}
                    routes: [{name: all, match: {path: /**}, upstream: echo}]
                    """
                            .formatted(policy.getKey(), policy.getValue(), echo.port()));
        }
    }

    @AfterAll
    static void stop() {
        echo.close();
    }

    private record Row(
            String policy,
            String sent,
            String sampler,
            boolean recorded,
            boolean newTrace,
            String flags,
            boolean link) {

        static Row of(String line) {
            List<String> cells = Arrays.stream(line.split("\\|", -1))
                    .map(cell -> cell.replace("`", "").strip())
                    .toList();
            return new Row(
                    cells.get(1),
                    cells.get(2),
                    cells.get(3),
                    cells.get(4).equals("yes"),
                    cells.get(5).equals("new"),
                    cells.get(6),
                    cells.get(7).equals("yes"));
        }
    }

    private static List<Row> rows(String sampler) throws IOException {
        try (Stream<String> lines = Files.lines(PAGE)) {
            return lines.filter(line -> line.matches("\\| `(preserve|preserve-id|restart)` \\|.*`.*always_.*"))
                    .map(Row::of)
                    .filter(row -> row.sampler().equals(sampler))
                    .toList();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"parentbased_always_on", "parentbased_always_off", "always_on", "always_off"})
    void whatIsRecordedSentOnAndReturned(String sampler) throws IOException {
        List<Row> rows = rows(sampler);
        assertEquals(9, rows.size(), "three policies, each with three kinds of caller");
        try (OtlpServer otlp = OtlpServer.start();
                GatewayProcess gateway = GatewayProcess.start(
                        folder,
                        Map.of(
                                "OTEL_EXPORTER_OTLP_ENDPOINT",
                                otlp.endpoint(),
                                "OTEL_BSP_SCHEDULE_DELAY",
                                "50",
                                "OTEL_TRACES_SAMPLER",
                                sampler))) {
            assertAll(rows.stream().map(row -> () -> assertHolds(row, gateway, otlp)));
        }
    }

    private static void assertHolds(Row row, GatewayProcess gateway, OtlpServer otlp) {
        String callers = Trace.random();
        Call call = Call.get("/x").host(row.policy() + ".test");
        RawResponse response = gateway.send(
                row.sent().equals("nothing")
                        ? call
                        : call.header("traceparent", "00-" + callers + "-" + PARENT + "-" + row.sent()));
        String traceId = response.traceId();
        Trace trace = Trace.present(
                otlp, traceId, () -> gateway.send(Call.get("/fence").host("fence.test"))
                        .traceId());

        if (row.newTrace()) {
            assertNotEquals(callers, traceId, row::toString);
        } else {
            assertEquals(callers, traceId, row::toString);
        }
        String upstream = response.echoed().one("traceparent");
        assertEquals("00-" + traceId + "-", upstream.substring(0, 36), row::toString);
        assertEquals("-" + row.flags(), upstream.substring(52), row::toString);
        assertEquals(
                "00-" + traceId + "-" + response.spanId() + "-" + row.flags(),
                response.one("traceresponse"),
                row::toString);
        assertEquals(row.recorded() ? 2 : 0, trace.spans().size(), row::toString);
        if (row.recorded()) {
            Received server = trace.server();
            assertEquals(row.newTrace() ? "" : PARENT, Trace.parentId(server), row::toString);
            assertEquals(row.link() ? 1 : 0, server.span().getLinksCount(), row::toString);
        }
    }
}
