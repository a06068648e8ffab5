package dev.clew.contract.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.contract.client.Call;
import dev.clew.contract.client.RawResponse;
import dev.clew.contract.world.Contract;
import dev.clew.contract.world.Metrics;
import dev.clew.contract.world.Trace;
import dev.clew.testing.OtlpServer;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Routes whose requests are split over several upstreams. */
abstract class SplitContract extends Contract {

    @Test
    void sendsRequestsToAllUpstreams() {
        Set<String> seen = new HashSet<>();
        // With so many requests, missing one of two upstreams is less likely than a failure of the machine.
        for (int i = 0; i < 100 && seen.size() < 2; i++) {
            seen.add(upstream(call("/dealt")));
        }

        assertEquals(Set.of("/stable/dealt", "/canary/dealt"), seen);
    }

    @ParameterizedTest
    @CsvSource({"/by-cookie, Cookie, a=b; session=", "/by-header, x-user, "})
    void keepsRequestsThatBelongTogetherAtOneUpstream(String path, String header, String before) {
        Set<String> all = new HashSet<>();
        for (int user = 0; user < 40; user++) {
            Call call = call(path).header(header, (before == null ? "" : before) + "user-" + user);
            String first = upstream(call);
            assertEquals(first, upstream(call));
            all.add(first);
        }

        assertEquals(2, all.size(), all::toString);
    }

    @Test
    void sendsNothingToWeightZero() {
        for (int i = 0; i < 10; i++) {
            assertEquals("/canary/all-canary", upstream(call("/all-canary")));
        }
    }

    @Test
    void namesTheChosenUpstreamOnSpansMetricsAndInTheAccessLog() {
        RawResponse response = send(call("/all-canary"));
        Trace trace = trace(response.traceId());
        OtlpServer.Received server = trace.server();

        assertEquals("all-canary", server.attribute("clew.route"));
        assertEquals("canary", server.attribute("clew.upstream"));
        assertEquals("canary", trace.client().attribute("clew.upstream"));
        assertEquals("canary", world.awaitAccessLogLine(response.traceId()).getString("upstream"));
        double attempts = new Metrics(world.managementPort())
                .sum("clew_upstream_attempts_seconds_count", "tenant=\"split\"", "upstream=\"canary\"");
        assertTrue(attempts >= 1);
    }

    private String upstream(Call call) {
        return send(call).echoed().uri();
    }

    private static Call call(String target) {
        return Call.get(target).host("split.test");
    }
}
