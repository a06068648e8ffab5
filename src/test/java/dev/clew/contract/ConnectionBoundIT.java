package dev.clew.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
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
