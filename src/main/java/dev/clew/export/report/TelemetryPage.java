package dev.clew.export.report;

import dev.clew.export.Destination;
import dev.clew.export.Exports;
import dev.clew.export.queue.DropReason;
import dev.clew.export.queue.ExportCounts;
import dev.clew.export.settings.ExportSettings;
import dev.clew.export.settings.OtlpSettings;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The state of export as JSON, for people and scripts. Contains no header, path or text of a backend. */
public final class TelemetryPage {

    private final Exports exports;
    private final LongSupplier logLinesLost;

    /** @param logLinesLost the number of lines lost from the gateway's own log */
    public TelemetryPage(Exports exports, LongSupplier logLinesLost) {
        this.exports = exports;
        this.logLinesLost = logLinesLost;
    }

    /** Returns the current state. */
    public String json() {
        JsonArray destinations = new JsonArray();
        exports.destinations().forEach(destination -> destinations.add(destination(destination, "spans")));
        ExportSettings settings = exports.settings();
        settings.off()
                .forEach(name ->
                        destinations.add(new JsonObject().put("name", name).put("state", "off")));
        JsonArray problems = new JsonArray();
        exports.problems()
                .forEach(problem -> problems.add(
                        new JsonObject().put("setting", problem.name()).put("problem", problem.message())));
        JsonObject page = new JsonObject()
                .put("disabled", !settings.enabled())
                .put("sampled", exports.sampled())
                .put("destinations", destinations)
                .put("logs", other(exports.others().logs(), "records"))
                .put("metrics", other(exports.others().metrics(), "collections"));
        long unknown = exports.unknown();
        if (unknown > 0) {
            JsonObject dropped = new JsonObject().put(DropReason.UNKNOWN_DESTINATION.tag(), unknown);
            page.put("unknown", new JsonObject().put("started", unknown).put("dropped", dropped));
        }
        return page.put("settingProblems", problems)
                .put("logLinesLost", logLinesLost.getAsLong())
                .encodePrettily();
    }

    private static JsonObject other(@Nullable Destination<?> destination, String items) {
        return destination == null ? new JsonObject().put("state", "off") : destination(destination, items);
    }

    /** @param items the key of the number of items in the queue */
    private static JsonObject destination(Destination<?> destination, String items) {
        @Nullable OtlpSettings otlp = destination.settings().otlp();
        ExportCounts counts = destination.counts();
        JsonObject dropped = new JsonObject();
        counts.droppedByReason().forEach((reason, count) -> {
            if (count > 0) {
                dropped.put(reason.tag(), count);
            }
        });
        return new JsonObject()
                .put("name", destination.name())
                .put("address", otlp == null ? null : otlp.address())
                .put("protocol", otlp == null ? null : otlp.protocol().token())
                .put("state", destination.state().name().toLowerCase(Locale.ROOT))
                .put("started", counts.offered())
                .put("exported", counts.exported())
                .put("dropped", dropped)
                .put(
                        "queue",
                        new JsonObject()
                                .put(items, counts.queued().items())
                                .put("bytes", counts.queued().bytes())
                                .put("capacity", counts.queued().capacity()))
                .put("lastSuccess", time(counts.lastSuccessEpochMillis()))
                .put("lastError", failure(counts.lastFailure()));
    }

    private static @Nullable String time(long epochMillis) {
        return epochMillis == 0 ? null : Instant.ofEpochMilli(epochMillis).toString();
    }

    private static @Nullable JsonObject failure(ExportCounts.@Nullable Failure failure) {
        return failure == null
                ? null
                : new JsonObject().put("time", time(failure.epochMillis())).put("error", failure.error());
    }
}
