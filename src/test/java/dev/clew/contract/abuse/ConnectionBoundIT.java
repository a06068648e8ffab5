package dev.clew.contract.abuse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.contract.client.Call;
import dev.clew.contract.client.RawClient;
import dev.clew.contract.client.RawResponse;
import dev.clew.contract.server.Turn;
import dev.clew.contract.world.GatewayProcess;
import dev.clew.contract.world.OwnWorld;
import dev.clew.contract.world.StreamFiles;
import dev.clew.testing.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The packaged gateway's bound on connections of all clients. */
class ConnectionBoundIT {

    private static int ask(RawClient client) {
        return client.send(Call.get("/any/x").host(StreamFiles.HOST)).read().status();
    }

    /** Returns whether a new connection is served; an earlier close may be noticed late. */
    private static RawClient served(GatewayProcess gateway) {
        return Await.notNull("room for a connection", () -> {
            RawClient client = gateway.connect();
            client.send(Call.get("/any/x").host(StreamFiles.HOST).line("Connection: keep-alive"));
            try {
                assertEquals(200, client.read().status());
                return client;
            } catch (java.io.UncheckedIOException closed) {
                client.close();
                return null;
            }
        });
    }

    private static final String NARROW =
            """
            hosts: [narrow.test]
            limits: {connections: 5}
            upstreams: {echo: {endpoints: ["http://127.0.0.1:ECHO"]}}
            routes: [{name: any, match: {path: /any/**}, upstream: echo, rewrite: {path: /**}}]
            """;

    /** The flood first exceeds the tenant's limit, then silently the listener's. */
    @Test
    void aFloodOfConnectionsFailsNoRequestOfAnotherTenant() throws IOException {
        List<RawClient> flood = new ArrayList<>();
        try (OwnWorld world = OwnWorld.start()) {
            Files.writeString(
                    world.folder().resolve("tenants/narrow.yaml"),
                    NARROW.replace("ECHO", Integer.toString(world.echo().port())));
            try (GatewayProcess gateway = GatewayProcess.start(
                            world.folder(),
                            Map.of("QUARKUS_HTTP_LIMITS_MAX_CONNECTIONS", "40", "OTEL_TRACES_EXPORTER", "none"));
                    RawClient kept = served(gateway)) {
                int rejected = 0;
                for (int i = 0; i < 100; i++) {
                    RawClient client = gateway.connect();
                    flood.add(client);
                    RawResponse response =
                            client.send(Call.get("/any/x").host("narrow.test")).read();
                    if (i < 5) {
                        assertEquals(200, response.status());
                    } else {
                        response.assertProblem(503, "connections-limited");
                        assertEquals("", client.readToEnd());
                        rejected++;
                    }
                    assertEquals(200, ask(kept));
                }
                assertEquals(95, rejected);
                served(gateway).close();

                for (int i = 0; i < 100; i++) {
                    flood.add(gateway.connect());
                    assertEquals(200, ask(kept));
                }
                flood.forEach(RawClient::close);
                served(gateway).close();
                assertEquals(200, ask(kept));
            }
        } finally {
            flood.forEach(RawClient::close);
        }
    }

    @Test
    void oneTooManyIsClosedWhileRequestsAreUnderWayOnTheOthers() throws IOException {
        try (OwnWorld world = OwnWorld.start();
                GatewayProcess gateway = GatewayProcess.start(
                        world.folder(),
                        Map.of("QUARKUS_HTTP_LIMITS_MAX_CONNECTIONS", "2", "OTEL_TRACES_EXPORTER", "none"))) {
            try (RawClient first = gateway.connect();
                    RawClient second = gateway.connect()) {
                first.send(Call.get("/hand/first").host(StreamFiles.HOST));
                Turn firstTurn = world.hand().take("/hand/first");
                second.send(Call.get("/hand/second").host(StreamFiles.HOST));
                Turn secondTurn = world.hand().take("/hand/second");
                try (RawClient third = gateway.connect()) {
                    assertEquals("", third.readToEnd());
                }
                firstTurn.send("HTTP/1.1 204 No Content\r\n\r\n").done();
                assertEquals(204, first.read().status());
                // The first connection is idle now, so a new one replaces it.
                served(gateway).close();
                assertEquals("", first.readToEnd());
                secondTurn.send("HTTP/1.1 204 No Content\r\n\r\n").done();
                assertEquals(204, second.read().status());
            }
            served(gateway).close();
        }
    }

    /** The silent connections would use up all file descriptors several times. */
    @Test
    void clientsAndProbesAreServedWhereFilesAreFew() throws IOException {
        List<RawClient> flood = new ArrayList<>();
        try (OwnWorld world = OwnWorld.start();
                GatewayProcess gateway =
                        GatewayProcess.startWithFiles(400, world.folder(), Map.of("OTEL_TRACES_EXPORTER", "none"))) {
            for (int i = 0; i < 600; i++) {
                flood.add(gateway.connect());
            }
            served(gateway).close();
            assertEquals(200, gateway.metrics().readiness());
            assertTrue(gateway.output().stream()
                    .anyMatch(line -> line.contains("the process may open 400 file descriptors")));
            assertEquals(0, gateway.metrics().sum("clew_accept_failures_total"));
            assertTrue(gateway.metrics().sum("clew_client_connections_ended_total", "reason=\"shed-silent\"") > 0);
            // The silent connections have reached their timeout.
            flood.forEach(client -> assertEquals("", client.readToEnd()));
        } finally {
            flood.forEach(RawClient::close);
        }
    }
}
