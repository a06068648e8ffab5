package dev.clew.observe;

import dev.clew.config.GatewaySettings;
import dev.clew.exchange.Exchange;
import dev.clew.export.SpanOrigin;
import dev.clew.export.SpanSink;
import dev.clew.network.Networks;
import dev.clew.observe.RouteTelemetry.Labels;
import dev.clew.tenant.Action;
import dev.clew.tenant.Branch;
import dev.clew.tenant.Endpoint;
import dev.clew.tenant.Mirror;
import dev.clew.tenant.Route;
import dev.clew.tenant.Snapshot;
import dev.clew.tenant.TenantEntry;
import dev.clew.tenant.TracingPolicy;
import dev.clew.tenant.Upstream;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.Collection;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The {@link RouteTelemetry} of every route in force, of every tenant's requests without a route, and of all others. */
public final class Telemetry {

    private final SpanOrigin origin;
    private final Methods methods;
    private final MeterRegistry meters;
    private final Networks trustedProxies;
    private final Function<List<String>, SpanSink> sinks;
    private final RouteTelemetry unknown;
    /** Routes, their branches and mirrors, and tenants, by identity: comparing them field by field would be too much for each request. */
    private volatile Map<Object, RouteTelemetry> known = Map.of();

    /** @param sinks where spans go, by the names of their destinations */
    public Telemetry(
            SpanOrigin origin,
            Methods methods,
            GatewaySettings settings,
            Function<List<String>, SpanSink> sinks,
            MeterRegistry meters) {
        this.origin = origin;
        this.methods = methods;
        this.meters = meters;
        this.trustedProxies = settings.trustedProxies();
        this.sinks = sinks;
        this.unknown = telemetry(Labels.UNKNOWN, settings.tenantDefaults().tracing(), List.of());
    }

    /** Makes ready for a snapshot, before any request sees it. */
    public synchronized void prepare(Snapshot snapshot) {
        Map<Object, RouteTelemetry> next = new IdentityHashMap<>(known);
        for (TenantEntry entry : snapshot.tenants()) {
            String tenant = entry.tenant().id().value();
            TracingPolicy policy = entry.tenant().tracing();
            if (next.containsKey(entry)) {
                // Of a tenant that has not changed, no route has.
                continue;
            }
            next.put(entry, telemetry(new Labels(tenant, "", "", "", false), policy, List.of()));
            for (Route route : entry.tenant().routes()) {
                prepare(route, tenant, policy, next);
            }
        }
        known = next;
    }

    /** A route that is split has one for each upstream, and one for requests that went to none. */
    private void prepare(Route route, String tenant, TracingPolicy policy, Map<Object, RouteTelemetry> next) {
        List<Branch> branches = branches(route);
        String template = route.match().path().template();
        Mirror mirror = mirror(route);
        if (mirror != null) {
            Upstream upstream = mirror.upstream();
            Labels labels = new Labels(tenant, route.name(), template, upstream.name(), true);
            next.put(mirror, telemetry(labels, policy, upstream.endpoints()));
        }
        for (Branch branch : branches) {
            Upstream upstream = branch.upstream();
            Labels labels = new Labels(tenant, route.name(), template, upstream.name(), false);
            next.put(branch, telemetry(labels, policy, upstream.endpoints()));
        }
        next.put(
                route,
                branches.size() == 1
                        ? next.get(branches.get(0))
                        : telemetry(new Labels(tenant, route.name(), template, "", false), policy, List.of()));
    }

    private static @Nullable Mirror mirror(Route route) {
        return route.action() instanceof Action.Forward forward ? forward.mirror() : null;
    }

    private static List<Branch> branches(Route route) {
        return route.action() instanceof Action.Forward forward ? forward.to().branches() : List.of();
    }

    /** Lets go of all that is in none of these snapshots, which are all that requests use, and of its meters. */
    public synchronized void retain(Collection<Snapshot> live) {
        Map<Object, RouteTelemetry> next = new IdentityHashMap<>();
        for (Snapshot snapshot : live) {
            for (TenantEntry entry : snapshot.tenants()) {
                next.computeIfAbsent(entry, known::get);
                for (Route route : entry.tenant().routes()) {
                    next.computeIfAbsent(route, known::get);
                    branches(route).forEach(branch -> next.computeIfAbsent(branch, known::get));
                    Mirror mirror = mirror(route);
                    if (mirror != null) {
                        next.computeIfAbsent(mirror, known::get);
                    }
                }
            }
        }
        boolean same = next.size() == known.size();
        known = next;
        if (!same) {
            removeMeters(next.values());
        }
    }

    /** By their tags: several routes and snapshots share a meter, whoever was the first to need it. */
    private void removeMeters(Collection<RouteTelemetry> kept) {
        Set<Tags> used = new HashSet<>(unknown.meterTags());
        kept.forEach(telemetry -> used.addAll(telemetry.meterTags()));
        for (String name : RouteTelemetry.METERS) {
            for (Meter meter : meters.find(name).meters()) {
                if (!used.contains(RouteTelemetry.ownTags(meter.getId()))) {
                    meters.remove(meter);
                }
            }
        }
    }

    private RouteTelemetry telemetry(Labels labels, TracingPolicy policy, List<Endpoint> endpoints) {
        SpanDetails details =
                SpanDetails.of(policy.content(), new CallerAttributes(trustedProxies, endpoints, methods));
        Recording recording = new Recording(policy.keep(), details, sinks.apply(policy.exportTo()));
        return new RouteTelemetry(labels, recording, origin, methods, meters);
    }

    RouteTelemetry of(Mirror mirror) {
        return Objects.requireNonNull(known.get(mirror), "not prepared");
    }

    RouteTelemetry of(Exchange exchange) {
        Object owner = exchange.branch() != null
                ? exchange.branch()
                : exchange.route() != null ? exchange.route() : exchange.tenant();
        RouteTelemetry found = owner == null ? null : known.get(owner);
        return found == null ? unknown : found;
    }
}
