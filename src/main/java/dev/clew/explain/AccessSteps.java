package dev.clew.explain;

import dev.clew.access.AddressRules;
import dev.clew.access.Requirement;
import dev.clew.explain.TrailStep.Step;
import dev.clew.tenant.Tenant;
import dev.clew.tenant.limit.Limits;
import dev.clew.tenant.route.Route;
import dev.clew.tenant.upstream.Timeouts;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Explains who may send a request, and how many. */
final class AccessSteps {

    private AccessSteps() {}

    /** @param route null if none matches */
    static TrailStep access(Tenant tenant, @Nullable Route route) {
        List<String> rules = new ArrayList<>();
        add(rules, "the tenant's", tenant.access().addresses());
        add(
                rules,
                "the route's",
                route == null ? AddressRules.NONE : route.access().addresses());
        if (tenant.tls().redirect()) {
            rules.add("requests without TLS are redirected to https");
        }
        if (tenant.tls().requiresClientCertificate()) {
            rules.add("a client certificate is required");
        }
        return rules.isEmpty()
                ? TrailStep.of(Step.ACCESS, "open", "no rule about addresses or certificates")
                : TrailStep.of(Step.ACCESS, "restricted", String.join("; ", rules));
    }

    private static void add(List<String> rules, String whose, AddressRules addresses) {
        if (!addresses.areNone()) {
            int allowed = addresses.allow().networks().size();
            int denied = addresses.deny().networks().size();
            rules.add(whose + " networks: "
                    + (allowed == 0 ? "all allowed" : allowed + " allowed")
                    + (denied == 0 ? "" : ", " + denied + " denied"));
        }
    }

    static TrailStep limits(Limits limits) {
        List<String> bounds = new ArrayList<>();
        if (limits.rate().isLimited()) {
            bounds.add(limits.rate().perSecond() + " requests per second, burst "
                    + limits.rate().burst() + (limits.rate().isShared() ? ", over all replicas" : ""));
        }
        if (limits.concurrentRequests() != Limits.UNLIMITED) {
            bounds.add(limits.concurrentRequests() + " requests at a time");
        }
        if (limits.connections() != Limits.UNLIMITED) {
            bounds.add(Amounts.count(limits.connections(), "connection"));
        }
        if (limits.headerSize() != Limits.UNLIMITED) {
            bounds.add("header section of " + Amounts.bytes(limits.headerSize()));
        }
        if (limits.requestBody() != Limits.UNLIMITED) {
            bounds.add("body of " + Amounts.bytes(limits.requestBody()));
        }
        if (!limits.requestDuration().equals(Timeouts.UNBOUNDED)) {
            bounds.add("duration of " + Amounts.of(limits.requestDuration()));
        }
        return bounds.isEmpty()
                ? TrailStep.of(Step.LIMITS, "none", "the tenant has no limit")
                : TrailStep.of(Step.LIMITS, Amounts.count(bounds.size(), "limit"), String.join("; ", bounds));
    }

    /** Returns whether the request has none of the credentials that the route requires. */
    static boolean lacksCredentials(Requirement requirement, ExplainedRequest request) {
        return !requirement.isNone()
                && requirement.anyOf().stream()
                        .noneMatch(scheme -> request.facts().header(scheme.header()) != null);
    }

    static TrailStep authentication(Route route, ExplainedRequest request) {
        Requirement requirement = route.access().requirement();
        if (requirement.isNone()) {
            return TrailStep.of(Step.AUTHENTICATION, "not required", "the route requires none");
        }
        if (RouteSteps.isPreflight(route, request)) {
            return TrailStep.of(Step.AUTHENTICATION, "not required", "a CORS preflight has no credentials");
        }
        List<String> schemes = requirement.anyOf().stream()
                .map(scheme -> scheme.name() + " in " + scheme.header())
                .toList();
        StringBuilder why = new StringBuilder(String.join(" or ", schemes));
        if (!requirement.scopes().isEmpty()) {
            why.append("; scopes ").append(String.join(", ", new TreeSet<>(requirement.scopes())));
        }
        if (!requirement.claims().isEmpty()) {
            why.append("; claims ")
                    .append(String.join(", ", new TreeSet<>(requirement.claims().keySet())));
        }
        boolean lacks = lacksCredentials(requirement, request);
        return TrailStep.of(
                Step.AUTHENTICATION,
                lacks ? "credentials missing" : "required",
                why + (lacks ? "" : "; the credential is not verified here"));
    }
}
