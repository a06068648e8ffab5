package dev.clew.config.tenant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.config.TenantFiles;
import dev.clew.network.Cidr;
import dev.clew.network.Networks;
import dev.clew.tenant.Problem;
import dev.clew.tenant.Tenant;
import dev.clew.tenant.host.HostPattern;
import dev.clew.tenant.limit.Limits;
import dev.clew.tenant.limit.RequestRate;
import dev.clew.tenant.route.Route;
import dev.clew.tenant.tracing.CallerTrust;
import dev.clew.tenant.tracing.Keep;
import dev.clew.tenant.tracing.Sampling;
import dev.clew.tenant.tracing.SpanContent;
import dev.clew.tenant.tracing.TracingPolicy;
import dev.clew.tenant.upstream.Balancing;
import dev.clew.tenant.upstream.CircuitBreaker;
import dev.clew.tenant.upstream.CircuitBreaker.FailureRatio;
import dev.clew.tenant.upstream.Connections;
import dev.clew.tenant.upstream.Ejection;
import dev.clew.tenant.upstream.Endpoint;
import dev.clew.tenant.upstream.HealthCheck;
import dev.clew.tenant.upstream.RetryCondition;
import dev.clew.tenant.upstream.RetryPolicy;
import dev.clew.tenant.upstream.Selection;
import dev.clew.tenant.upstream.Timeouts;
import dev.clew.tenant.upstream.Upstream;
import dev.clew.tenant.upstream.UpstreamProtocol;
import dev.clew.tenant.upstream.UpstreamTls;
import dev.clew.trace.context.InboundTrust;
import dev.clew.trace.context.OutboundFormat;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TenantFileTest {

    private static final String SMALLEST =
            """
            hosts: [%s]
            upstreams: {a: {endpoints: ["http://a"]}}
            routes: [{name: all, match: {path: /**}, upstream: a}]
            """;

    @Test
    void readsEverySetting() {
        Tenant tenant =
                TenantFiles.read(TenantFiles.COMPLETE).orElseThrow().entry().tenant();

        assertEquals(
                List.of(new HostPattern("acme.localhost", false), new HostPattern("acme.example.com", true)),
                tenant.hosts());
        assertEquals(
                new TracingPolicy(
                        new CallerTrust(InboundTrust.PRESERVE, new Networks(List.of(Cidr.parse("10.0.0.0/8")))),
                        new Sampling(Sampling.ratio(0.25), 50),
                        new Keep(true, 2_000_000_000, Keep.STANDARD_PER_SECOND),
                        new SpanContent(SpanContent.Profile.SEMCONV, List.of("x-tier"), List.of("x-cache")),
                        List.of("default", "apm"),
                        List.of("user.tier")),
                tenant.tracing());
        assertEquals(
                new Limits(new RequestRate(200, 400, true, false), 100, 500, 8 << 10, 10 << 20, Duration.ofSeconds(90)),
                tenant.limits());
        assertEquals(
                List.of("orders", "stock.v2"), List.copyOf(tenant.upstreams().keySet()));
        assertEquals(
                new Upstream(
                        "orders",
                        List.of(
                                new Endpoint(false, "orders.acme.svc", 8080, "/base"),
                                new Endpoint(true, "::1", 443, "")),
                        new Connections(
                                new Timeouts(
                                        Duration.ofMillis(500),
                                        Duration.ofSeconds(5),
                                        Duration.ofMinutes(2),
                                        Duration.ofSeconds(7),
                                        Duration.ofSeconds(20)),
                                32,
                                8,
                                UpstreamProtocol.HTTP1,
                                50,
                                new UpstreamTls(null, null, "orders.test", true)),
                        new Selection(
                                new Balancing(
                                        new Balancing.Hash(new Balancing.Header("x-user")),
                                        List.of(3, 1),
                                        Duration.ofSeconds(30)),
                                new HealthCheck(
                                        "/healthz",
                                        Duration.ofSeconds(2),
                                        Duration.ofMillis(200),
                                        1,
                                        5,
                                        Set.of(200, 204)),
                                new Ejection(5, true, Duration.ofSeconds(10), Duration.ofMinutes(1), 0.25),
                                Duration.ofSeconds(1),
                                new CircuitBreaker(
                                        3,
                                        4,
                                        new FailureRatio(0.5, Duration.ofSeconds(30), 50),
                                        true,
                                        Duration.ofSeconds(5),
                                        2)),
                        new RetryPolicy(
                                2,
                                Set.of(RetryCondition.CONNECT_FAILURE, RetryCondition.STATUS_503),
                                new RetryPolicy.Repeatable(Set.of("GET", "POST"), 16_384),
                                new RetryPolicy.BackOff(Duration.ofMillis(10), Duration.ofSeconds(1)),
                                new RetryPolicy.Budget(0.5, 10)),
                        OutboundFormat.GATEWAY_DEFAULT),
                tenant.upstreams().get("orders"));
        Route route = tenant.routes().get(0);
        assertEquals("/orders/{id}/**", route.match().path().template());
        assertEquals(Set.of("GET", "POST"), route.match().methods());
        assertEquals(new Sampling(Sampling.ratio(1), 50), route.sampling());
        assertNull(tenant.routes().get(1).sampling());
    }

    @Test
    void takesWhatIsNotSaidFromTheDefaults() {
        Tenant tenant = smallest("acme.localhost");

        assertFalse(tenant.suspended());
        assertEquals(TracingPolicy.DEFAULT, tenant.tracing());
        assertEquals(Limits.NONE, tenant.limits());
        assertEquals(
                new Upstream(
                        "a",
                        List.of(new Endpoint(false, "a", 80, "")),
                        Connections.STANDARD,
                        Selection.STANDARD,
                        RetryPolicy.NONE,
                        OutboundFormat.GATEWAY_DEFAULT),
                tenant.upstreams().get("a"));
    }

    @ParameterizedTest
    @EnumSource(names = {"W3C", "B3", "B3MULTI", "NONE"})
    void readsTheFormatInWhichAnUpstreamIsToldOfTheTrace(OutboundFormat format) {
        String file = TenantFiles.VALID.replace("pending-requests: 8", "propagate: " + format.token());
        Tenant tenant = TenantFiles.read(file).orElseThrow().entry().tenant();

        assertEquals(format, tenant.upstreams().get("orders").propagate());
    }

    @Test
    void takesWordsThatYamlWouldMakeBooleansAsTheyAreWritten() {
        assertEquals(List.of(new HostPattern("no", false)), smallest("NO").hosts());
    }

    @Test
    void takesANumberInQuotesForANumber() {
        assertEquals(List.of(), TenantFiles.problemsWith("connections: 32", "connections: \"32\""));
    }

    @Test
    void skipsAByteOrderMark() {
        assertEquals(List.of(), TenantFiles.problems("\ufeff" + TenantFiles.VALID));
    }

    @Test
    void expandsVariablesOfTheEnvironment() {
        String file = TenantFiles.VALID.replace("http://orders.acme.svc:8080/base", "http://${ORDERS_HOST}:${PORT:81}");
        Tenant tenant = TenantFiles.read(
                        file.getBytes(StandardCharsets.UTF_8), Map.of("ORDERS_HOST", "orders"), new ArrayList<>())
                .orElseThrow()
                .entry()
                .tenant();

        assertEquals(
                new Endpoint(false, "orders", 81, ""),
                tenant.upstreams().get("orders").endpoints().get(0));
    }

    @Test
    void letsNoVariableOverrideAKeyOfTheFile() {
        Map<String, String> environment = Map.of(
                "CLEW_TENANT_SUSPENDED", "true",
                "clew.tenant.suspended", "true",
                "X", "1M");

        assertEquals(List.of(), TenantFiles.problems(TenantFiles.VALID.replace("10M", "\"${X}\""), environment));
        assertFalse(TenantFiles.read(
                        TenantFiles.VALID.replace("10M", "\"${X}\"").getBytes(StandardCharsets.UTF_8),
                        environment,
                        new ArrayList<>())
                .orElseThrow()
                .entry()
                .tenant()
                .suspended());
    }

    @Test
    void doesNotExpandTheValueOfAVariableAgain() {
        List<String> problems = TenantFiles.problems(
                TenantFiles.VALID.replace("upstream: orders", "upstream: \"${A}\""),
                Map.of("A", "${B}", "B", "orders"));

        assertEquals(1, problems.size());
        assertTrue(problems.get(0).contains("is no upstream of this tenant"), problems.get(0));
    }

    private static Tenant smallest(String host) {
        return TenantFiles.read(SMALLEST.formatted(host)).orElseThrow().entry().tenant();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "inbound: all",
                "inbound: [preserve]",
                "trusted-callers: [everywhere]",
                "sampling: {ratio: 7}",
                "sampling: often",
                "sampling: {per-second: -1}",
                "keep: {errors: maybe, slower-than: soon}",
                "keep:",
                "export-to: ['?']",
                "baggage: ['a b']",
                "attributes: all",
                "capture-headers: {request: [Cookie], response: [Set-Cookie]}",
                "capture-headers: {request: [X-Api-Key], response: [Set_Cookie]}",
                "no-such-key: 1",
            })
    void servesATenantWhateverIsWrongWithItsTracing(String mistake) {
        List<Problem> problems = new ArrayList<>();
        String file = SMALLEST.formatted("a.test") + "tracing: {" + mistake + "}\n";
        Tenant tenant = TenantFiles.read(file.getBytes(StandardCharsets.UTF_8), Map.of(), problems)
                .orElseThrow()
                .entry()
                .tenant();

        assertEquals(TracingPolicy.DEFAULT, tenant.tracing());
        assertFalse(problems.isEmpty());
        for (Problem problem : problems) {
            assertTrue(problem.tolerated() && problem.line() == 4, problem::toString);
        }
    }
}
