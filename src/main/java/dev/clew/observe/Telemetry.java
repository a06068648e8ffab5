package dev.clew.observe;

import dev.clew.exchange.Exchange;
import dev.clew.export.SpanOrigin;
import dev.clew.observe.RouteTelemetry.Labels;
import dev.clew.tenant.Action;
import dev.clew.tenant.Branch;
import dev.clew.tenant.Route;
import dev.clew.tenant.Snapshot;
import dev.clew.tenant.TenantEntry;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** The {@link RouteTelemetry} of every route in force, of every tenant's requests without a route, and of all others. */
public final class Telemetry {

    private final SpanOrigin origin;
    private final MeterRegistry meters;
    private final RouteTelemetry unknown;
    /** Routes, their branches and tenants, by identity: comparing them field by field would be too much for each request. */
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
                prepare(route, tenant, next);
            }
        }
        known = next;
    }

    /** A route that is split has one for each upstream, and one for requests that went to none. */
    private void prepare(Route route, String tenant, Map<Object, RouteTelemetry> next) {
        List<Branch> branches =
                route.action() instanceof Action.Forward forward ? forward.to().branches() : List.of();
        for (Branch branch : branches) {
            next.put(branch, of(route, tenant, branch.upstream().name()));
        }
        next.put(route, branches.size() == 1 ? next.get(branches.get(0)) : of(route, tenant, ""));
    }

    private RouteTelemetry of(Route route, String tenant, String upstream) {
        Labels labels = new Labels(tenant, route.name(), route.match().path().template(), upstream);
        return new RouteTelemetry(labels, origin, meters);
    }

    RouteTelemetry of(Exchange exchange) {
        Object owner = exchange.branch() != null
                ? exchange.branch()
                : exchange.route() != null ? exchange.route() : exchange.tenant();
        RouteTelemetry found = owner == null ? null : known.get(owner);
        return found == null ? unknown : found;
    }
}
