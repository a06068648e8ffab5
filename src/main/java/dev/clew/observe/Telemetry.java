package dev.clew.observe;

import dev.clew.config.gateway.GatewaySettings;
import dev.clew.exchange.Exchange;
import dev.clew.export.queue.SpanOrigin;
import dev.clew.export.queue.SpanSink;
import dev.clew.observe.RouteTelemetry.Labels;
import dev.clew.tenant.Snapshot;
import dev.clew.tenant.SnapshotResources;
import dev.clew.tenant.SnapshotResources.Needs;
import dev.clew.tenant.SnapshotUser;
import dev.clew.tenant.TenantEntry;
import dev.clew.tenant.route.Action;
import dev.clew.tenant.route.Branch;
import dev.clew.tenant.route.Mirror;
import dev.clew.tenant.route.Route;
import dev.clew.tenant.tracing.TracingPolicy;
import dev.clew.tenant.upstream.Endpoint;
import dev.clew.tenant.upstream.Upstream;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The {@link RouteTelemetry} of every route in force, of each tenant's requests without a route, and of all others. */
public final class Telemetry implements SnapshotUser {

    private final SpanOrigin origin;
    private final Methods methods;
    private final MeterRegistry meters;
    private final Function<List<String>, SpanSink> sinks;
    private final @Nullable LogExport logExport;
    private final RouteTelemetry unknown;
    /** By tenant entry, route, branch and mirror. */
    private final SnapshotResources<Object, RouteTelemetry> known =
            SnapshotResources.byIdentity(this::needs, gone -> {});

    /**
     * @param sinks by the names of their destinations
     * @param logExport exports access-log lines; null if they are not exported
     */
    public Telemetry(
            SpanOrigin origin,
            Methods methods,
            GatewaySettings settings,
            Function<List<String>, SpanSink> sinks,
            @Nullable LogExport logExport,
            MeterRegistry meters) {
        this.origin = origin;
        this.methods = methods;
        this.meters = meters;
        this.sinks = sinks;
        this.logExport = logExport;
        this.unknown = telemetry(Labels.UNKNOWN, settings.tenantDefaults().tracing(), List.of());
    }

    private void needs(TenantEntry entry, Needs<Object, RouteTelemetry> needs) {
        String tenant = entry.tenant().id().value();
        TracingPolicy policy = entry.tenant().tracing();
        needs.add(entry, () -> telemetry(new Labels(tenant, "", "", "", false), policy, List.of()));
        for (Route route : entry.tenant().routes()) {
            needs(route, tenant, policy, needs);
        }
    }

    /** A split route has one for each upstream, and one for requests that were sent to none. */
    private void needs(Route route, String tenant, TracingPolicy policy, Needs<Object, RouteTelemetry> needs) {
        if (route.action() instanceof Action.Forward forward) {
            Mirror mirror = forward.mirror();
            if (mirror != null) {
                needs.add(mirror, () -> telemetry(tenant, route, mirror.upstream(), true, policy));
            }
            List<Branch> branches = forward.to().branches();
            for (Branch branch : branches) {
                RouteTelemetry own =
                        needs.add(branch, () -> telemetry(tenant, route, branch.upstream(), false, policy));
                if (branches.size() == 1) {
                    needs.add(route, () -> own);
                }
            }
        }
        needs.add(route, () -> {
            String template = route.match().path().template();
            return telemetry(new Labels(tenant, route.name(), template, "", false), policy, List.of());
        });
    }

    private RouteTelemetry telemetry(
            String tenant, Route route, Upstream upstream, boolean mirror, TracingPolicy policy) {
        String template = route.match().path().template();
        return telemetry(
                new Labels(tenant, route.name(), template, upstream.name(), mirror), policy, upstream.endpoints());
    }

    @Override
    public void prepare(Snapshot snapshot) {
        known.prepare(snapshot);
    }

    @Override
    public void retain(Collection<Snapshot> live) {
        if (known.retain(live)) {
            removeMeters(known.all());
        }
    }

    /** Removes meters by their tags, since routes and snapshots share meters. */
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
        SpanDetails details = SpanDetails.of(policy.content(), new CallerAttributes(endpoints, methods));
        Recording recording = new Recording(policy.keep(), details, sinks.apply(policy.exportTo()));
        return new RouteTelemetry(labels, recording, origin, methods, meters);
    }

    /** Returns the export of access-log lines; null if they are not exported. */
    @Nullable LogExport logExport() {
        return logExport;
    }

    RouteTelemetry of(Mirror mirror) {
        return known.get(mirror);
    }

    RouteTelemetry of(Exchange exchange) {
        Object owner = exchange.branch() != null
                ? exchange.branch()
                : exchange.route() != null ? exchange.route() : exchange.tenant();
        RouteTelemetry found = owner == null ? null : known.find(owner);
        return found == null ? unknown : found;
    }
}
