package dev.clew.api;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One minute's requests.
 *
 * @param minute since 1970
 */
record StatisticsFrame(long minute, Map<Series, Counts> counts) {

    StatisticsFrame {
        counts = Map.copyOf(counts);
    }

    /** A series; the route is empty for requests that no route matched, the tenant for unknown hosts. */
    record Series(String tenant, String route) {}

    /** The bounds of the buckets of durations, in milliseconds; beyond the last is one more bucket. */
    private static final double[] BOUNDS = {1, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000};

    static int buckets() {
        return BOUNDS.length + 1;
    }

    /** Returns the bounds, in milliseconds. */
    static JsonArray bounds() {
        JsonArray bounds = new JsonArray();
        for (double bound : BOUNDS) {
            bounds.add(bound);
        }
        return bounds;
    }

    static double bound(int bucket) {
        return BOUNDS[bucket];
    }

    /** Counts of requests. Confined to one thread while it is written, and immutable afterwards. */
    static final class Counts {

        private final long[] buckets = new long[BOUNDS.length + 1];
        private long requests;
        private long errors4xx;
        private long errors5xx;

        /** @param counts for each bucket; its sum may be less than the requests while they are counted */
        void add(long all, char statusClass, long[] counts) {
            requests += all;
            errors4xx += statusClass == '4' ? all : 0;
            errors5xx += statusClass == '5' ? all : 0;
            for (int i = 0; i < buckets.length; i++) {
                buckets[i] += counts[i];
            }
        }

        void add(Counts more) {
            requests += more.requests;
            errors4xx += more.errors4xx;
            errors5xx += more.errors5xx;
            for (int i = 0; i < buckets.length; i++) {
                buckets[i] += more.buckets[i];
            }
        }

        /** Reads what {@link #json} wrote, perhaps in another replica. */
        static Counts of(JsonObject json) {
            Counts counts = new Counts();
            counts.requests = json.getLong("requests", 0L);
            counts.errors4xx = json.getLong("errors4xx", 0L);
            counts.errors5xx = json.getLong("errors5xx", 0L);
            JsonArray buckets = json.getJsonArray("buckets", new JsonArray());
            for (int i = 0; i < counts.buckets.length && i < buckets.size(); i++) {
                counts.buckets[i] = buckets.getLong(i);
            }
            return counts;
        }

        /** Adds the counts to an object. */
        JsonObject json(JsonObject json) {
            JsonArray all = new JsonArray();
            for (long bucket : buckets) {
                all.add(bucket);
            }
            return json.put("requests", requests)
                    .put("errors4xx", errors4xx)
                    .put("errors5xx", errors5xx)
                    .put("p50Ms", quantile(0.5))
                    .put("p95Ms", quantile(0.95))
                    .put("p99Ms", quantile(0.99))
                    .put("buckets", all);
        }

        long requests() {
            return requests;
        }

        /**
         * Estimates a quantile in milliseconds, linearly within its bucket as Prometheus does; null without requests.
         * One beyond the last bound is shown as that bound.
         */
        @Nullable Double quantile(double share) {
            long all = 0;
            for (long bucket : buckets) {
                all += bucket;
            }
            double rank = share * all;
            double below = 0;
            double from = 0;
            for (int i = 0; i < BOUNDS.length && all > 0; i++) {
                if (below + buckets[i] >= rank && buckets[i] > 0) {
                    return from + (BOUNDS[i] - from) * (rank - below) / buckets[i];
                }
                below += buckets[i];
                from = BOUNDS[i];
            }
            return all == 0 ? null : (Double) from;
        }
    }
}
