package dev.clew.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.budget.Holding;
import dev.clew.budget.Ledger;
import dev.clew.connection.AcceptGate;
import dev.clew.connection.ClientConnections;
import dev.clew.connection.ConnectionLifetime;
import dev.clew.tenant.Snapshot;
import dev.clew.tenant.TenantEntry;
import dev.clew.tenant.Tenants;
import dev.clew.testing.ExampleTenants;
import dev.clew.testing.LogLines;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.channel.embedded.EmbeddedChannel;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class OverloadTest {

    private static final long BUDGET = 1000;

    private final Ledger ledger = new Ledger(BUDGET);
    private final Holding held = new Holding(ledger.connections());
    private final ClientConnections clients = new ClientConnections(
            Duration.ofSeconds(5), new ConnectionLifetime(Duration.ofMinutes(10), 0, Duration.ofMinutes(1)), () -> 0);
    private final EmbeddedChannel listener = new EmbeddedChannel(new AcceptGate(clients, () -> 0));
    private final Tenants tenants = new Tenants(Snapshot.of(List.of(
            ExampleTenants.tenant("acme", "acme.test"),
            ExampleTenants.tenant("globex", "globex.test"),
            ExampleTenants.tenant("idle", "idle.test"))));
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Overload overload = new Overload(ledger, tenants, clients, meters);

    private boolean isAccepted() {
        EmbeddedChannel client = new EmbeddedChannel();
        listener.writeInbound(client);
        return client.isOpen();
    }

    private JsonObject json() {
        return new JsonObject(overload.json());
    }

    @Test
    void rejectsNewConnectionsWhileMemoryIsShort() {
        overload.shedConnections();
        assertTrue(isAccepted());

        held.set(BUDGET * 8 / 10);
        overload.shedConnections();
        assertFalse(isAccepted());
        assertFalse(isAccepted());
        overload.shedConnections();
        assertEquals(2, json().getJsonObject("shed").getInteger("new-connection"));
        overload.shedConnections();
        assertEquals(2, json().getJsonObject("shed").getInteger("new-connection"), "each is counted once");

        held.set(0);
        overload.shedConnections();
        assertTrue(isAccepted());
    }

    @Test
    void acceptsConnectionsAgainAfterItsEnd() {
        held.set(BUDGET * 8 / 10);
        overload.shedConnections();
        overload.close();
        assertTrue(isAccepted());
    }

    @Test
    void logsEachStepUpAndTheEnd() {
        try (LogLines log = new LogLines("dev.clew")) {
            for (long bytes : new long[] {0, 700, 700, 800, 700, 0, 0}) {
                held.set(bytes);
                overload.shedConnections();
            }
            assertEquals(1, log.with("(silent-connections): 700 of 1000 bytes").size());
            assertEquals(1, log.with("(new-connections): 800 of 1000 bytes").size());
            assertEquals(2, log.with("memory is short").size());
            assertEquals(1, log.with("no longer short").size());
        }
    }

    @Test
    void showsTheTenantsThatHoldMemoryInDescendingOrder() {
        // The accounts of tenants belong to the ledger of the process.
        Holding few = hold("acme", 3);
        Holding many = hold("globex", 4);
        try {
            JsonArray shown = json().getJsonArray("tenants");
            assertEquals(
                    List.of("globex: 4", "acme: 3"),
                    shown.stream()
                            .map(JsonObject.class::cast)
                            .map(one -> one.getString("tenant") + ": " + one.getInteger("heldBytes"))
                            .toList());
        } finally {
            few.release();
            many.release();
        }
    }

    private Holding hold(String tenant, long bytes) {
        TenantEntry entry = tenants.current().tenants().stream()
                .filter(each -> each.tenant().id().value().equals(tenant))
                .findAny()
                .orElseThrow();
        Holding holding = new Holding(entry.account());
        holding.set(bytes);
        return holding;
    }

    @Test
    void showsAGaugeForEachTenantOfTheSnapshot() {
        assertEquals(4, meters.find("clew.memory.held").gauges().size());
        overload.show(Snapshot.of(List.of(ExampleTenants.tenant("new", "new.test"))));
        assertEquals(
                List.of("", "new"),
                meters.find("clew.memory.held").gauges().stream()
                        .map(gauge -> gauge.getId().getTag("tenant"))
                        .sorted()
                        .toList());
    }
}
