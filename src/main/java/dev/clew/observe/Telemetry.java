package dev.clew.observe;

import dev.clew.exchange.Exchange;
import dev.clew.export.SpanOrigin;
import dev.clew.observe.RouteTelemetry.Labels;
import dev.clew.tenant.Action;
import dev.clew.tenant.Route;
import dev.clew.tenant.Snapshot;
import dev.clew.tenant.TenantEntry;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.IdentityHashMap;
import java.util.Map;

/** The {@link RouteTelemetry} of every route in force, of every tenant's requests without a route, and of all others. */
public final class Telemetry {

    private final SpanOrigin origin;
    private final MeterRegistry meters;
    private final RouteTelemetry unknown;
    /** Routes and tenants, by identity: comparing them field by field would be too much for each request. */
    private volatile Map<Object, RouteTelemetry> known = Map.of();

    public Telemetry(SpanOrigin origin, MeterRegistry meters) {
        this.origin = origin;
        this.meters = meters;
        this.unknown = new RouteTelemetry(Labels.UNKNOWN, origin, meters);
    }

    /** Makes ready for a snapshot, before any request sees it. */
    public synchronized void prepare(Snapshot snapshot) {
        Map<Object, RouteTelemetry> next = new IdentityHashMap<>(known);
        for (TenantEntry entry : snapshot.tenants()) {
            String tenant = entry.tenant().id().value();
            next.put(entry, new RouteTelemetry(new Labels(tenant, "", "", ""), origin, meters));
            for (Route route : entry.tenant().routes()) {
                Labels labels =
                        new Labels(tenant, route.name(), route.match().path().template(), upstream(route.action()));
                next.put(route, new RouteTelemetry(labels, origin, meters));
            }
        }
        known = next;
    }

    private static String upstream(Action action) {
        return action.upstreams().size() == 1 ? action.upstreams().get(0).name() : "";
    }

    RouteTelemetry of(Exchange exchange) {
        Object owner = exchange.route() != null ? exchange.route() : exchange.tenant();
        RouteTelemetry found = owner == null ? null : known.get(owner);
        return found == null ? unknown : found;
    }
}
