package dev.clew.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.config.TenantFiles;
import dev.clew.explain.Explanation.Outcome;
import dev.clew.tenant.Snapshot;
import dev.clew.tenant.TenantEntry;
import dev.clew.trace.context.Propagators;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RoutingExplanationTest {

    private static final String ACME =
            """
            hosts: [acme.test, "*.acme.test"]
            tracing:
              inbound: preserve-id
              sampling: {ratio: 0.25, per-second: 50}
              keep: {errors: true, slower-than: 2s}
            limits: {requests-per-second: 200, burst: 400, request-body: 10M}
            authentication:
              schemes:
                partners:
                  api-keys:
                    keys: {initech: "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"}
            upstreams:
              orders:
                endpoints: ["http://orders:8080"]
                retry: {attempts: 2, on: [connect-failure, 503]}
              stock: {endpoints: ["http://stock"]}
            routes:
              - name: orders
                match: {path: "/orders/{id}", methods: [GET, POST]}
                upstream: orders
              - name: canary
                match: {path: /canary, headers: [{name: X-Beta, value: s3cret}]}
                split: [{upstream: orders, weight: 90}, {upstream: stock, weight: 10}]
              - name: partners
                match: {path: /partners}
                upstream: stock
                authentication: {required: [partners]}
              - name: moved
                match: {path: /moved}
                redirect: {path: /new, status: 301}
            """;

    private static Snapshot snapshot(String file) {
        TenantEntry tenant = TenantFiles.read(file).orElseThrow().entry();
        return Snapshot.ofEntries(List.of(tenant));
    }

    private static Explanation explain(String method, String host, String target, Map<String, String> headers) {
        return RoutingExplanation.of(
                snapshot(ACME), ExplainedRequest.parse(host, method, target, headers), Propagators.DEFAULT);
    }

    private static List<String> lines(Explanation explanation) {
        return explanation.trail().stream()
                .map(step -> step.step().token() + ": " + step.verdict() + ": " + step.why())
                .toList();
    }

    @Test
    void aForwardedRequestIsExplainedFromTheHostToTheUpstream() {
        Explanation explanation = explain("POST", "acme.test:8443", "/orders/42?q=1", Map.of());

        assertEquals("`acme` › route `orders` › forwarded to `orders`", explanation.story());
        assertEquals(new Outcome(null, "acme", "orders", "orders"), explanation.outcome());
        assertEquals(
                List.of(
                        "tenant: acme: host acme.test is one of its hosts",
                        "route: orders: path matches /orders/{id}; method POST is one of GET, POST",
                        "trace: preserve-id: the request has no trace context: a new trace begins",
                        "sampling: a trusted caller's decision, else 0.25 of traces, at most 50 traces per second:"
                                + " the tenant's rule; failed requests and requests slower than 2s are kept in any"
                                + " case",
                        "access: open: no rule about addresses or certificates",
                        "limits: 2 limits: 200 requests per second, burst 400; body of 10M",
                        "authentication: not required: the route requires none",
                        "attempt: orders: http://orders:8080; connect within 1s, response within 30s",
                        "retry: at most 2 attempts: on 503, connect-failure; POST is sent again only after"
                                + " connect-failure",
                        "circuit: for 1s: opens after 5 failed connections in a row"),
                lines(explanation));
    }

    @Test
    void anUnmatchedPathShowsWhatTheNearestRouteMissed() {
        Explanation explanation = explain("GET", "shop.acme.test", "/ordres/jane@example.com", Map.of());

        assertEquals(new Outcome(404, "acme", null, null), explanation.outcome());
        assertEquals(
                List.of(
                        "tenant: acme: host shop.acme.test matches its wildcard *.acme.test",
                        "route: none: none of 4 routes matches GET /ordres/*",
                        "route: missed orders: /orders/{id}: path segment 1 is ordres (expected: orders)"),
                lines(explanation).subList(0, 3));
        assertEquals(
                "end: 404: unknown-route",
                lines(explanation).get(lines(explanation).size() - 1));
    }

    @Test
    void aMethodThatNoRouteServesIsA405() {
        Explanation explanation = explain("DELETE", "acme.test", "/orders/1", Map.of());

        assertEquals(405, explanation.outcome().status());
        assertTrue(
                lines(explanation).contains("route: missed orders: /orders/{id}: method (expected: GET, POST)"),
                lines(explanation)::toString);
    }

    @Test
    void conditionsAreNamedWithoutTheirValues() {
        Explanation explanation = explain("GET", "acme.test", "/canary", Map.of("x-beta", "guess"));

        assertTrue(
                lines(explanation).contains("route: missed canary: /canary: header x-beta has another value"),
                lines(explanation)::toString);
        assertFalse(explanation.toString().contains("s3cret")
                || explanation.toString().contains("guess"));
    }

    @Test
    void everyBranchOfASplitIsNamed() {
        Explanation explanation = explain("GET", "acme.test", "/canary", Map.of("x-beta", "s3cret"));

        assertEquals(new Outcome(null, "acme", "canary", null), explanation.outcome());
        List<String> lines = lines(explanation);
        assertEquals(
                "route: canary: path matches /canary; any method; 1 condition on headers or query met", lines.get(1));
        assertTrue(lines.stream().anyMatch(line -> line.startsWith("attempt: orders: 90 of 100 requests; ")));
        assertTrue(lines.stream().anyMatch(line -> line.startsWith("attempt: stock: 10 of 100 requests; ")));
    }

    @Test
    void missingCredentialsAndOwnResponsesEndTheRequestAtTheGateway() {
        assertEquals(
                401,
                explain("GET", "acme.test", "/partners", Map.of()).outcome().status());
        assertEquals(
                new Outcome(null, "acme", "partners", "stock"),
                explain("GET", "acme.test", "/partners", Map.of("x-api-key", "k"))
                        .outcome());
        assertEquals(
                new Outcome(301, "acme", "moved", null),
                explain("GET", "acme.test", "/moved", Map.of()).outcome());
    }

    @Test
    void anUnknownHostHasNoTenant() {
        Explanation explanation = explain("GET", "other.test", "/", Map.of());

        assertEquals(new Outcome(404, null, null, null), explanation.outcome());
        assertEquals("no tenant › the gateway responds 404 (unknown-host)", explanation.story());
        assertEquals(
                "tenant: none: no tenant has the host other.test",
                lines(explanation).get(0));
    }

    @Test
    void aHostAboveAWildcardIsExplained() {
        Snapshot snapshot = snapshot(ACME.replace("acme.test, \"*.acme.test\"", "\"*.acme.test\""));

        assertEquals(
                "no tenant has the host acme.test; a wildcard covers only the hosts below it",
                RoutingExplanation.routing(snapshot, ExplainedRequest.parse("acme.test", "GET", "/", Map.of()))
                        .get(0)
                        .why());
    }

    @Test
    void malformedHostsAndPathsAreA400() {
        assertEquals(400, explain("GET", "a b", "/", Map.of()).outcome().status());
        assertEquals(
                400, explain("GET", "acme.test", "/a%2Fb", Map.of()).outcome().status());
    }

    @Test
    void aSuspendedTenantIsA503() {
        Snapshot snapshot = snapshot("suspended: true\n" + ACME);
        Explanation explanation = RoutingExplanation.of(
                snapshot, ExplainedRequest.parse("acme.test", "GET", "/orders/1", Map.of()), Propagators.DEFAULT);

        assertEquals(new Outcome(503, "acme", null, null), explanation.outcome());
        assertEquals("acme (suspended)", explanation.trail().get(0).verdict());
    }

    @Test
    void sharedHostsNameThePrefixOrTheHeader() {
        Snapshot byPath = snapshot("match: {path-prefix: /acme}\n" + ACME);
        assertEquals(
                "host acme.test is one of its hosts, and the path matches its path-prefix /acme/**",
                RoutingExplanation.routing(byPath, ExplainedRequest.parse("acme.test", "GET", "/acme/x", Map.of()))
                        .get(0)
                        .why());
        assertEquals(
                "host acme.test is shared by path-prefix, and no tenant's prefix matches the path",
                RoutingExplanation.routing(byPath, ExplainedRequest.parse("acme.test", "GET", "/x", Map.of()))
                        .get(0)
                        .why());
        Snapshot byHeader = snapshot("match: {header: {name: X-Org, value: acme}}\n" + ACME);
        assertEquals(
                "host acme.test is shared by the header x-org, which has no tenant's value",
                RoutingExplanation.routing(
                                byHeader, ExplainedRequest.parse("acme.test", "GET", "/", Map.of("x-org", "evil")))
                        .get(0)
                        .why());
    }

    @Test
    void aTraceContextIsJudgedByTheTenantsTrust() {
        String parent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
        assertTrue(lines(explain("GET", "acme.test", "/orders/1", Map.of("traceparent", parent)))
                .contains("trace: preserve-id: the caller's trace ID is taken, its decision about sampling is not"));
        assertTrue(lines(explain("GET", "acme.test", "/orders/1", Map.of("traceparent", "00-abc")))
                .contains(
                        "trace: preserve-id: the caller's trace context is malformed (too short): a new trace begins"));
    }

    @Test
    void aPreflightIsRoutedByTheMethodItAsksFor() {
        Snapshot snapshot = snapshot(ACME.replace(
                "    upstream: orders\n  - name: canary",
                "    upstream: orders\n    cors: {origins: [https://a.test]}\n  - name: canary"));
        Explanation explanation = RoutingExplanation.of(
                snapshot,
                ExplainedRequest.parse(
                        "acme.test",
                        "OPTIONS",
                        "/orders/1",
                        Map.of("origin", "https://a.test", "access-control-request-method", "POST")),
                Propagators.DEFAULT);

        assertEquals(new Outcome(204, "acme", "orders", null), explanation.outcome());
    }
}
