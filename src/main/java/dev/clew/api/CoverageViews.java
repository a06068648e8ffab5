package dev.clew.api;

import dev.clew.observe.Coverage;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The upstreams that continue traces, and those that break them. */
final class CoverageViews {

    private static final List<String> OUTCOMES = List.of("continued", "contradicted", "silent");
    private static final double THOUSAND = 1000;

    private final Coverage coverage;

    CoverageViews(Coverage coverage) {
        this.coverage = coverage;
    }

    JsonObject list(ApiRequest request) {
        JsonArray visible = new JsonArray();
        JsonArray all = new JsonArray(coverage.json());
        for (int i = 0; i < all.size(); i++) {
            JsonObject row = all.getJsonObject(i);
            if (request.concerns(row.getString("tenant", ""))) {
                visible.add(row);
            }
        }
        return new JsonObject().put("coverage", visible);
    }

    /** Sums the counts of several replicas. */
    static JsonObject merge(ApiRequest request, List<Object> parts) {
        Map<String, JsonObject> rows = new LinkedHashMap<>();
        for (Object part : parts) {
            JsonArray coverage = ((JsonObject) part).getJsonArray("coverage", new JsonArray());
            for (int i = 0; i < coverage.size(); i++) {
                JsonObject row = coverage.getJsonObject(i);
                String key = row.getString("tenant") + '/' + row.getString("upstream");
                rows.merge(key, row, CoverageViews::sum);
            }
        }
        return new JsonObject().put("coverage", ApiJson.array(rows.values(), row -> row));
    }

    private static JsonObject sum(JsonObject one, JsonObject other) {
        JsonObject sum = one.copy();
        long all = 0;
        for (String outcome : OUTCOMES) {
            long count = one.getLong(outcome, 0L) + other.getLong(outcome, 0L);
            sum.put(outcome, count);
            all += count;
        }
        double share = all == 0 ? 0 : (double) sum.getLong(OUTCOMES.get(0)) / all;
        return sum.put("coverage", Math.round(share * THOUSAND) / THOUSAND);
    }
}
