package dev.clew.contract.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.contract.client.Call;
import dev.clew.contract.client.RawResponse;
import dev.clew.contract.world.GatewayProcess;
import dev.clew.contract.world.OwnWorld;
import dev.clew.contract.world.StreamFiles;
import dev.clew.contract.world.Trace;
import dev.clew.testing.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The warm-up of the packaged gateway, before its ports open. */
class WarmUpIT {

    private static final String TENANT =
            """
            hosts: [own.test]
            upstreams:
              silent: {endpoints: ["http://127.0.0.1:SILENT"], timeout: {connect: 10m}}
              counted: {endpoints: ["http://localhost:COUNTED"]}
            routes:
              - {name: silent, match: {path: /silent}, upstream: silent}
              - {name: counted, match: {path: /counted}, upstream: counted}
            """;

    private static List<String> said(GatewayProcess gateway, String text) {
        return gateway.output().stream().filter(line -> line.contains(text)).toList();
    }

    /** One upstream accepts no connection for ten minutes, which must not delay the start. */
    @Test
    void isReadyWithAnUpstreamThatHangsAndHasConnectedToTheOthersWithoutAWord() throws IOException {
        try (OwnWorld world = OwnWorld.start();
                ServerSocket counted = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Files.writeString(
                    world.folder().resolve("tenants/own.yaml"),
                    TENANT.replace("SILENT", Integer.toString(world.full().port()))
                            .replace("COUNTED", Integer.toString(counted.getLocalPort())));
            try (GatewayProcess gateway = GatewayProcess.start(world.folder(), Map.of("CLEW_WARM_UP_TIME", "10s"))) {
                assertEquals(200, gateway.metrics().readiness());
                counted.setSoTimeout((int) Await.PATIENCE.toMillis());
                try (Socket connection = counted.accept()) {
                    connection.setSoTimeout((int) Await.PATIENCE.toMillis());
                    assertEquals(-1, connection.getInputStream().read());
                }
            }
        }
    }

    @Test
    void requestsOfItsOwnAreSeenNowhere() throws IOException {
        try (OwnWorld world = OwnWorld.start()) {
            Map<String, String> environment = new HashMap<>(world.exporting());
            environment.put("CLEW_WARM_UP_TIME", "10s");
            try (GatewayProcess gateway = GatewayProcess.start(world.folder(), environment)) {
                assertEquals(1, said(gateway, "warmed up with ").size(), () -> gateway.output()
                        .toString());
                assertEquals(0, gateway.metrics().sum("clew_requests_seconds_count"));
                assertEquals(0, gateway.metrics().sum("clew_spans_started_total"));
                RawResponse first = gateway.send(Call.get("/any/x").host(StreamFiles.HOST));
                assertEquals(200, first.status());
                world.otlp().awaitSpan(span -> Trace.traceId(span).equals(first.traceId()));
                Await.until(
                        "access log line", () -> said(gateway, first.traceId()).size() == 1);

                assertEquals(1, said(gateway, "\"trace_id\"").size());
                assertEquals(1, gateway.metrics().sum("clew_requests_seconds_count"));
                assertTrue(gateway.metrics().page("/q/metrics").lines().noneMatch(line -> line.contains("warm-up")));
            }
        }
    }

    @Test
    void canBeSwitchedOff() throws IOException {
        try (OwnWorld world = OwnWorld.start();
                GatewayProcess gateway = GatewayProcess.start(world.folder(), Map.of("CLEW_WARM_UP_TIME", "0s"))) {
            assertEquals(List.of(), said(gateway, "warmed up with "));
        }
    }
}
