package dev.clew.explain;

import dev.clew.action.Responder;
import dev.clew.explain.TrailStep.Step;
import dev.clew.route.RequestPath;
import dev.clew.tenant.route.Action;
import dev.clew.tenant.route.Branch;
import dev.clew.tenant.route.Mirror;
import dev.clew.tenant.route.Route;
import dev.clew.tenant.upstream.CircuitBreaker;
import dev.clew.tenant.upstream.Endpoint;
import dev.clew.tenant.upstream.RetryCondition;
import dev.clew.tenant.upstream.RetryPolicy;
import dev.clew.tenant.upstream.Timeouts;
import dev.clew.tenant.upstream.Upstream;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Explains what a route does with a request. */
final class ActionSteps {

    /** The number of endpoints named. */
    private static final int MOST = 4;

    private ActionSteps() {}

    /** Returns the status of the route's own response; null if it forwards the request. */
    static @Nullable Integer status(Route route, String host, RequestPath path) {
        return route.action() instanceof Action.Respond direct
                ? direct.responder()
                        .reply(new Responder.Request(host, path, null))
                        .status()
                : null;
    }

    /** Returns the only upstream; null if there are several or none. */
    static @Nullable String upstream(Route route) {
        return route.action() instanceof Action.Forward forward
                        && forward.to().branches().size() == 1
                ? forward.to().branches().get(0).upstream().name()
                : null;
    }

    static List<TrailStep> of(Action.Forward forward, ExplainedRequest request) {
        List<TrailStep> steps = new ArrayList<>();
        List<Branch> branches = forward.to().branches();
        int total = branches.stream().mapToInt(Branch::weight).sum();
        for (Branch branch : branches) {
            Upstream upstream = branch.upstream();
            String share = branches.size() == 1 ? "" : branch.weight() + " of " + total + " requests; ";
            steps.add(TrailStep.of(Step.ATTEMPT, upstream.name(), share + reach(upstream)));
            steps.add(retry(upstream.retry(), request.method()));
            steps.add(circuit(upstream.selection().circuitBreaker()));
        }
        Mirror mirror = forward.mirror();
        if (mirror != null) {
            steps.add(TrailStep.of(
                    Step.MIRROR,
                    mirror.upstream().name(),
                    "a share of " + mirror.share() + " of requests, with bodies of at most "
                            + Amounts.bytes(mirror.body())));
        }
        return steps;
    }

    private static String reach(Upstream upstream) {
        List<String> endpoints = new ArrayList<>();
        for (Endpoint endpoint : upstream.endpoints()) {
            endpoints.add((endpoint.tls() ? "https://" : "http://") + address(endpoint));
        }
        int more = endpoints.size() - MOST;
        String named = String.join(", ", more > 0 ? endpoints.subList(0, MOST) : endpoints);
        Timeouts timeouts = upstream.connections().timeouts();
        return named + (more > 0 ? " and " + more + " more" : "")
                + "; connect within " + Amounts.of(timeouts.connect())
                + ", response within " + Amounts.of(timeouts.response());
    }

    private static String address(Endpoint endpoint) {
        boolean ipv6 = endpoint.host().indexOf(':') >= 0;
        return (ipv6 ? '[' + endpoint.host() + ']' : endpoint.host()) + ':' + endpoint.port();
    }

    private static TrailStep retry(RetryPolicy policy, String method) {
        if (policy.attempts() == 1) {
            return TrailStep.of(Step.RETRY, "none", "the upstream allows one attempt");
        }
        TreeSet<String> conditions = new TreeSet<>();
        policy.on().forEach(condition -> conditions.add(condition.token()));
        boolean repeatable = policy.repeatable().methods().contains(method);
        return TrailStep.of(
                Step.RETRY,
                "at most " + policy.attempts() + " attempts",
                "on " + String.join(", ", conditions)
                        + (repeatable
                                ? ""
                                : "; " + method + " is sent again only after "
                                        + RetryCondition.CONNECT_FAILURE.token()));
    }

    private static TrailStep circuit(CircuitBreaker breaker) {
        List<String> rules = new ArrayList<>();
        if (breaker.connectFailures() > 0) {
            rules.add(Amounts.count(breaker.connectFailures(), "failed connection") + " in a row");
        }
        if (breaker.consecutiveFailures() > 0) {
            rules.add(Amounts.count(breaker.consecutiveFailures(), "failed attempt") + " in a row");
        }
        if (breaker.failureRatio().share() > 0) {
            rules.add("a share of " + breaker.failureRatio().share() + " failed attempts in "
                    + Amounts.of(breaker.failureRatio().window()));
        }
        return rules.isEmpty()
                ? TrailStep.of(Step.CIRCUIT, "none", "no rule opens it")
                : TrailStep.of(
                        Step.CIRCUIT,
                        "for " + Amounts.of(breaker.openFor()),
                        "opens after " + String.join(", or ", rules));
    }
}
