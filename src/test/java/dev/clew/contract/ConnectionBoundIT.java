package dev.clew.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

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

    /** Whether a new connection is served; how soon one that was closed before is noticed, nobody says. */
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

    /** First beyond what its tenant may have, then silently beyond what the listener has. */
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
                int refused = 0;
                for (int i = 0; i < 100; i++) {
                    RawClient client = gateway.connect();
                    flood.add(client);
                    RawResponse answer =
                            client.send(Call.get("/any/x").host("narrow.test")).read();
                    if (i < 5) {
                        assertEquals(200, answer.status());
                    } else {
                        answer.assertProblem(503, "connections-limited");
                        assertEquals("", client.readToEnd());
                        refused++;
                    }
                    assertEquals(200, ask(kept));
                }
                assertEquals(95, refused);
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
    void oneTooManyIsClosedAndThoseBeforeItGoOnAndRoomIsGivenBack() throws IOException {
        try (OwnWorld world = OwnWorld.start();
                GatewayProcess gateway = GatewayProcess.start(
                        world.folder(),
                        Map.of("QUARKUS_HTTP_LIMITS_MAX_CONNECTIONS", "2", "OTEL_TRACES_EXPORTER", "none"))) {
            try (RawClient first = served(gateway);
                    RawClient second = served(gateway);
                    RawClient third = gateway.connect()) {
                third.send(Call.get("/any/x").host(StreamFiles.HOST));
                assertEquals("", third.readToEnd());
                assertEquals(200, ask(first));
                assertEquals(200, ask(second));
            }
            served(gateway).close();
        }
    }
}
