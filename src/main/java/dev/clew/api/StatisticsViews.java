package dev.clew.api;

import dev.clew.api.StatisticsFrame.Counts;
import dev.clew.api.StatisticsFrame.Series;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Requests per minute, and in total per tenant and route. */
final class StatisticsViews {

    static final Set<String> PARAMETERS = Set.of("tenant", "window");

    private static final int MINUTE_SECONDS = 60;
    private static final Comparator<Series> BY_NAME =
            Comparator.comparing(Series::tenant).thenComparing(Series::route);

    private final Statistics statistics;

    StatisticsViews(Statistics statistics) {
        this.statistics = statistics;
    }

    /** Returns this replica's counts. */
    JsonObject list(ApiRequest request) {
        List<StatisticsFrame> frames = statistics.frames();
        long now = frames.get(frames.size() - 1).minute();
        Sums sums = new Sums();
        for (long minute = now - minutes(request) + 1; minute <= now; minute++) {
            sums.minutes.put(ApiJson.time(Instant.ofEpochSecond(minute * MINUTE_SECONDS)), new Counts());
        }
        for (StatisticsFrame frame : frames) {
            Counts minute = sums.minutes.get(ApiJson.time(Instant.ofEpochSecond(frame.minute() * MINUTE_SECONDS)));
            frame.counts().forEach((key, counts) -> {
                if (minute != null && request.concerns(key.tenant())) {
                    minute.add(counts);
                    sums.add(key, counts);
                }
            });
        }
        return sums.json();
    }

    private static int minutes(ApiRequest request) {
        @Nullable Duration window = request.duration("window");
        if (window == null) {
            return Statistics.MINUTES;
        }
        if (window.toMinutes() < 1 || window.toMinutes() > Statistics.MINUTES) {
            throw ApiFailure.invalid("window", "1m to " + Statistics.MINUTES + "m");
        }
        return (int) window.toMinutes();
    }

    /** Sums the counts of several replicas. */
    static JsonObject merge(ApiRequest request, List<Object> parts) {
        Sums sums = new Sums();
        for (Object part : parts) {
            JsonObject counts = (JsonObject) part;
            for (Object row : counts.getJsonArray("minutes", new JsonArray())) {
                JsonObject minute = (JsonObject) row;
                sums.minutes
                        .computeIfAbsent(minute.getString("time", ""), first -> new Counts())
                        .add(Counts.of(minute));
            }
            for (Object row : counts.getJsonArray("routes", new JsonArray())) {
                JsonObject route = (JsonObject) row;
                sums.add(new Series(text(route, "tenant"), text(route, "route")), Counts.of(route));
            }
        }
        return sums.json();
    }

    private static String text(JsonObject row, String name) {
        String text = row.getString(name);
        return text == null ? "" : text;
    }

    private static final class Sums {

        private final Map<String, Counts> minutes = new TreeMap<>();
        private final Map<Series, Counts> routes = new TreeMap<>(BY_NAME);
        private final Map<String, Counts> tenants = new TreeMap<>();

        void add(Series key, Counts counts) {
            routes.computeIfAbsent(key, first -> new Counts()).add(counts);
            tenants.computeIfAbsent(key.tenant(), first -> new Counts()).add(counts);
        }

        JsonObject json() {
            JsonArray rows = new JsonArray();
            minutes.forEach((time, counts) -> rows.add(counts.json(new JsonObject().put("time", time))));
            JsonArray byTenant = new JsonArray();
            tenants.forEach((tenant, counts) ->
                    byTenant.add(counts.json(new JsonObject().put("tenant", ApiJson.orNull(tenant)))));
            JsonArray byRoute = new JsonArray();
            routes.forEach((key, counts) -> byRoute.add(counts.json(new JsonObject()
                    .put("tenant", ApiJson.orNull(key.tenant()))
                    .put("route", ApiJson.orNull(key.route())))));
            return new JsonObject()
                    .put("minutes", rows)
                    .put("tenants", byTenant)
                    .put("routes", byRoute)
                    .put("bucketsMs", StatisticsFrame.bounds());
        }
    }
}
