package dev.clew.explain;

import dev.clew.explain.TrailStep.Step;
import dev.clew.tenant.HostOwners;
import dev.clew.tenant.Snapshot;
import dev.clew.tenant.Tenant;
import dev.clew.tenant.TenantEntry;
import dev.clew.tenant.TenantResolver.Resolution;
import dev.clew.tenant.host.HostClaim;
import dev.clew.tenant.host.HostPattern;
import org.jspecify.annotations.Nullable;

/** Explains the choice of a request's tenant. */
final class TenantStep {

    private static final Step STEP = Step.TENANT;
    private static final String NONE = "none";

    private TenantStep() {}

    static TrailStep of(Snapshot snapshot, ExplainedRequest request, Resolution resolution) {
        TenantEntry entry = resolution.tenant();
        String host = request.host();
        if (host == null || resolution instanceof Resolution.Malformed) {
            return TrailStep.of(STEP, NONE, "the host is missing or malformed");
        }
        if (entry == null) {
            return TrailStep.of(STEP, NONE, without(snapshot, host, request));
        }
        Tenant tenant = entry.tenant();
        String why = claimOf(tenant, host) + share(tenant.claim());
        return tenant.suspended()
                ? TrailStep.of(STEP, tenant.id() + " (suspended)", why + "; suspended: true in its file")
                : TrailStep.of(STEP, tenant.id().value(), why);
    }

    private static String claimOf(Tenant tenant, String host) {
        HostPattern longest = null;
        for (HostPattern pattern : tenant.hosts()) {
            if (!pattern.wildcard() && pattern.name().equals(host)) {
                return "host " + host + " is one of its hosts";
            }
            boolean matches = pattern.wildcard() && host.endsWith('.' + pattern.name());
            if (matches
                    && (longest == null
                            || pattern.name().length() > longest.name().length())) {
                longest = pattern;
            }
        }
        return "host " + host + " matches its wildcard " + longest;
    }

    private static String share(HostClaim claim) {
        if (claim instanceof HostClaim.PathPrefix prefix) {
            return ", and the path matches its path-prefix " + prefix.prefix().template();
        }
        return claim instanceof HostClaim.Header header ? ", and the header " + header.name() + " has its value" : "";
    }

    private static String without(Snapshot snapshot, String host, ExplainedRequest request) {
        HostOwners owners = snapshot.hosts().find(host);
        if (owners instanceof HostOwners.ByPath) {
            return "host " + host + " is shared by path-prefix, and "
                    + (request.path() == null ? "the path is malformed" : "no tenant's prefix matches the path");
        }
        if (owners instanceof HostOwners.ByHeader byHeader) {
            boolean sent = request.facts().header(byHeader.name()) != null;
            return "host " + host + " is shared by the header " + byHeader.name() + ", which "
                    + (sent ? "has no tenant's value" : "is missing");
        }
        // A label that no host begins with stands for any: only a wildcard can match it.
        @Nullable HostOwners below = snapshot.hosts().find("-." + host);
        return "no tenant has the host " + host + (below == null ? "" : "; a wildcard covers only the hosts below it");
    }
}
