package dev.clew.api;

import dev.clew.journal.Journal;
import dev.clew.journal.JournalEntry;
import dev.clew.journal.JournalPage;
import dev.clew.journal.JournalPage.Cursor;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Kept requests: lists of them, and single ones. */
final class Requests {

    /** The filters, and the page. */
    static final Set<String> PARAMETERS = Stream.concat(
                    RequestQueries.PARAMETERS.stream(), Stream.of("limit", "cursor"))
            .collect(Collectors.toUnmodifiableSet());

    private static final int STANDARD = 50;
    private static final int MAX = 500;
    private static final Comparator<Row> NEWEST_FIRST = Comparator.comparingLong(
                    (Row row) -> row.place.startEpochNanos())
            .reversed()
            .thenComparing(row -> row.place.id());

    private final Journal journal;
    private final RequestJson json;

    Requests(Journal journal, RequestJson json) {
        this.journal = journal;
        this.json = json;
    }

    private record Row(Cursor place, JsonObject request) {

        /** Reads a replica's request; one without a valid place would break the order, and is left out. */
        static @Nullable Row of(JsonObject request) {
            Cursor place = Cursor.parse(request.getString("cursor", ""));
            return place == null ? null : new Row(place, request);
        }
    }

    /** Returns this replica's page. */
    JsonObject list(ApiRequest request) {
        String cursor = request.text("cursor");
        Cursor from = cursor == null ? Cursor.START : Cursor.parse(cursor);
        if (from == null) {
            throw ApiFailure.invalid("cursor", "the next of a response");
        }
        JournalPage page = journal.query(RequestQueries.of(request), from, limit(request));
        return new JsonObject()
                .put("requests", ApiJson.array(page.entries(), json::summary))
                .put("next", page.next() == null ? null : page.next().text());
    }

    private static int limit(ApiRequest request) {
        return request.count("limit", STANDARD, MAX);
    }

    /** Merges pages of several replicas: the first requests of all, and the place behind them. */
    static JsonObject merge(ApiRequest request, List<Object> parts) {
        List<Row> all = new ArrayList<>();
        boolean more = false;
        for (Object part : parts) {
            JsonObject page = (JsonObject) part;
            JsonArray requests = page.getJsonArray("requests", new JsonArray());
            for (int i = 0; i < requests.size(); i++) {
                Row row = Row.of(requests.getJsonObject(i));
                if (row != null) {
                    all.add(row);
                }
            }
            more |= page.getString("next") != null;
        }
        all.sort(NEWEST_FIRST);
        int limit = limit(request);
        List<Row> first = all.subList(0, Math.min(limit, all.size()));
        boolean ends = first.isEmpty() || first.size() == all.size() && !more;
        return new JsonObject()
                .put("requests", ApiJson.array(first, Row::request))
                .put("next", ends ? null : first.get(first.size() - 1).place.text());
    }

    /** Returns one request; null if this replica has none of this ID, or it is not the caller's to see. */
    @Nullable JsonObject one(ApiRequest request) {
        return journal.byId(request.part("id"))
                .filter(entry -> request.viewer().sees(entry.place().tenant()))
                .map(json::whole)
                .orElse(null);
    }

    /** Returns the first visible kept requests of a trace, in the order of their start. */
    List<JournalEntry> ofTrace(ApiRequest request) {
        String traceId = RequestQueries.wholeTraceId(request.part("traceId"));
        return journal.byTraceId(traceId).stream()
                .filter(entry -> request.viewer().sees(entry.place().tenant()))
                .sorted(Comparator.comparingLong(entry -> entry.outcome().startEpochNanos()))
                .limit(MAX)
                .toList();
    }
}
