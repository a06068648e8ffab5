package dev.clew.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.clew.trace.context.TraceResponse;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

class CoverageTest {

    private final MeterRegistry meters = new SimpleMeterRegistry();

    private void count(String tenant, String upstream, int continued, int contradicted, int silent) {
        count(tenant, upstream, TraceResponse.CONTINUED, continued);
        count(tenant, upstream, TraceResponse.CONTRADICTED, contradicted);
        count(tenant, upstream, TraceResponse.SILENT, silent);
    }

    private void count(String tenant, String upstream, TraceResponse outcome, int times) {
        // Two routes to the same upstream count separately.
        TraceResponseCounters[] routes = {
            new TraceResponseCounters(meters, tenant, upstream), new TraceResponseCounters(meters, tenant, upstream)
        };
        for (int i = 0; i < times; i++) {
            routes[i % 2].count(outcome);
        }
    }

    private static JsonObject row(
            String tenant, String upstream, long continued, long contradicted, long silent, double coverage) {
        return new JsonObject()
                .put("tenant", tenant)
                .put("upstream", upstream)
                .put("continued", continued)
                .put("contradicted", contradicted)
                .put("silent", silent)
                .put("coverage", coverage);
    }

    @Test
    void isEmptyBeforeAnyResponse() {
        assertEquals(new JsonArray(), new JsonArray(new Coverage(meters).json()));
    }

    @Test
    void listsThoseFirstThatContradictThenByCoverage() {
        count("acme", "orders", 4, 0, 0);
        count("acme", "mail", 0, 0, 2);
        count("acme", "search", 0, 3, 0);
        count("globex", "orders", 3, 1, 0);
        count("globex", "mail", 0, 0, 2);

        JsonArray expected = new JsonArray()
                .add(row("acme", "search", 0, 3, 0, 0))
                .add(row("globex", "orders", 3, 1, 0, 0.75))
                .add(row("acme", "mail", 0, 0, 2, 0))
                .add(row("globex", "mail", 0, 0, 2, 0))
                .add(row("acme", "orders", 4, 0, 0, 1));
        assertEquals(expected, new JsonArray(new Coverage(meters).json()));
    }
}
