package dev.clew.gateway;

import dev.clew.budget.Account;
import dev.clew.budget.Ledger;
import dev.clew.budget.MemoryBudget;
import dev.clew.budget.Pressure;
import dev.clew.budget.Shed;
import dev.clew.connection.ClientConnections;
import dev.clew.connection.CloseReason;
import dev.clew.listener.Listeners;
import dev.clew.tenant.Snapshot;
import dev.clew.tenant.TenantEntry;
import dev.clew.tenant.Tenants;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.netty.util.internal.PlatformDependent;
import io.quarkus.runtime.configuration.MemorySize;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * The memory budget for clients, upstreams and tenants: set at start, enforced on connections, and shown in metrics and
 * as JSON.
 */
@Singleton
public class Overload {

    private static final Logger LOG = Logger.getLogger("dev.clew");
    private static final long TICK_MILLIS = 200;

    /** The bound on silent connections closed per tick. */
    private static final int MAX_PER_TICK = 100;

    private final Ledger ledger;
    private final Tenants tenants;
    private final MultiGauge held;
    private final ClientConnections clients;
    private Runnable timerEnd = () -> {};
    private Pressure reported = Pressure.NONE;
    private long rejected;

    /** @param budget in bytes; derived from the process's memory by default */
    @Inject
    Overload(
            @ConfigProperty(name = "clew.memory-budget") Optional<MemorySize> budget,
            Tenants tenants,
            Vertx vertx,
            MeterRegistry meters) {
        this(Ledger.ofProcess(), tenants, Listeners.of(vertx).traffic(), meters);
        ledger.limitTo(budget.map(MemorySize::asLongValue)
                .orElseGet(
                        () -> MemoryBudget.of(Runtime.getRuntime().maxMemory(), PlatformDependent.maxDirectMemory())));
        long timer = vertx.setPeriodic(TICK_MILLIS, tick -> shedConnections());
        this.timerEnd = () -> vertx.cancelTimer(timer);
    }

    Overload(Ledger ledger, Tenants tenants, ClientConnections clients, MeterRegistry meters) {
        this.ledger = ledger;
        this.tenants = tenants;
        this.clients = clients;
        Gauge.builder("clew.memory.budget", ledger, Ledger::budget)
                .description("Bytes that may be held for clients, upstreams and tenants")
                .baseUnit("bytes")
                .register(meters);
        for (Shed what : Shed.values()) {
            FunctionCounter.builder("clew.shed", ledger, all -> all.count(what))
                    .description("Requests and connections shed under memory pressure, by kind")
                    .tags("what", what.tag())
                    .register(meters);
        }
        this.held = MultiGauge.builder("clew.memory.held")
                .description("Bytes held for each tenant, and for connections whose tenant is not known")
                .baseUnit("bytes")
                .register(meters);
        show(tenants.current());
    }

    /** Cancels the timer: in development mode, Vert.x outlives the gateway. */
    @PreDestroy
    void close() {
        timerEnd.run();
        clients.rejectNew(false);
    }

    /** Takes the first two steps of load shedding; accounts take the further ones. */
    void shedConnections() {
        Pressure now = ledger.pressure();
        clients.rejectNew(now.includes(Pressure.NEW_CONNECTIONS));
        if (now.includes(Pressure.SILENT_CONNECTIONS)) {
            ledger.shed(Shed.SILENT_CONNECTION, clients.shedSilent(MAX_PER_TICK));
        }
        long all = clients.ended(CloseReason.REFUSED_OVERLOAD);
        ledger.shed(Shed.NEW_CONNECTION, all - rejected);
        rejected = all;
        log(now);
    }

    private void log(Pressure now) {
        if (now != reported && now.includes(reported)) {
            LOG.warnf("memory is short (%s): %d of %d bytes are held", name(now), ledger.held(), ledger.budget());
        } else if (now == Pressure.NONE && now != reported) {
            LOG.info("memory is no longer short");
        }
        reported = now;
    }

    private static String name(Pressure pressure) {
        return pressure.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Replaces the tenants shown in metrics. */
    final void show(Snapshot snapshot) {
        List<MultiGauge.Row<?>> rows = new ArrayList<>();
        rows.add(row("", ledger.connections()));
        for (TenantEntry entry : snapshot.tenants()) {
            rows.add(row(entry.account().owner(), entry.account()));
        }
        held.register(rows, true);
    }

    private static MultiGauge.Row<?> row(String tenant, Account account) {
        return MultiGauge.Row.of(Tags.of("tenant", tenant), account, Account::held);
    }

    /** Returns the current state; tenants that hold memory, in descending order. */
    String json() {
        JsonObject shed = new JsonObject();
        for (Shed what : Shed.values()) {
            shed.put(what.tag(), ledger.count(what));
        }
        JsonArray holders = new JsonArray();
        tenants.current().tenants().stream()
                .map(TenantEntry::account)
                .filter(account -> account.held() > 0)
                .sorted(Comparator.comparingLong(Account::held).reversed())
                .forEach(account -> holders.add(new JsonObject()
                        .put("tenant", account.owner())
                        .put("heldBytes", account.held())
                        .put("admitted", account.admits())));
        return new JsonObject()
                .put("pressure", name(ledger.pressure()))
                .put("budgetBytes", ledger.budget())
                .put("heldBytes", ledger.held())
                .put("connectionsHeldBytes", ledger.connections().held())
                .put("tenants", holders)
                .put("shed", shed)
                .encodePrettily();
    }
}
