package dev.clew.cli;

import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An upstream's responses by what they tell about the trace.
 *
 * @param continued with the trace that was sent
 * @param contradicted with another trace
 * @param silent without any
 */
record CoverageCount(String tenant, String upstream, long continued, long contradicted, long silent) {

    static CoverageCount of(JsonObject row) {
        return new CoverageCount(
                row.getString("tenant", ""),
                row.getString("upstream", ""),
                row.getLong("continued", 0L),
                row.getLong("contradicted", 0L),
                row.getLong("silent", 0L));
    }

    long all() {
        return continued + contradicted + silent;
    }

    /** Returns the share that continued the trace, 0 to 1; 0 without responses. */
    double share() {
        return all() == 0 ? 0 : (double) continued / all();
    }

    /** Returns what was counted between two looks; all of the second where a restart began to count anew. */
    static Map<String, CoverageCount> since(Map<String, CoverageCount> before, Map<String, CoverageCount> now) {
        Map<String, CoverageCount> counted = new TreeMap<>();
        now.forEach((key, count) -> {
            @Nullable CoverageCount earlier = before.get(key);
            counted.put(key, earlier == null || earlier.all() > count.all() ? count : count.minus(earlier));
        });
        return counted;
    }

    private CoverageCount minus(CoverageCount earlier) {
        return new CoverageCount(
                tenant,
                upstream,
                continued - earlier.continued,
                contradicted - earlier.contradicted,
                silent - earlier.silent);
    }
}
