package dev.clew.api;

import dev.clew.explain.Story;
import dev.clew.explain.Trail;
import dev.clew.explain.TrailStep;
import dev.clew.journal.AttemptEntry;
import dev.clew.journal.JournalEntry;
import dev.clew.journal.JournalPage.Cursor;
import dev.clew.journal.Outcome;
import dev.clew.journal.Place;
import dev.clew.journal.Subject;
import dev.clew.observe.AccessLine;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** Kept requests as JSON. */
final class RequestJson {

    private final Replica replica;
    private final TraceLinks links;
    private final IdentifyingFields fields;
    private final AccessLine log;

    RequestJson(Replica replica, TraceLinks links, IdentifyingFields fields, AccessLine log) {
        this.replica = replica;
        this.links = links;
        this.fields = fields;
        this.log = log;
    }

    /** Returns the members that lists have. */
    JsonObject summary(JournalEntry entry) {
        Place place = entry.place();
        Subject subject = entry.subject();
        Outcome outcome = entry.outcome();
        AttemptEntry last = entry.lastAttempt();
        return new JsonObject()
                .put("id", entry.id())
                .put("traceId", entry.ids().traceId())
                .put("time", ApiJson.time(outcome.startEpochNanos()))
                .put("durationMs", ApiJson.millis(outcome.durationNanos()))
                .put("tenant", ApiJson.orNull(place.tenant()))
                .put("route", ApiJson.orNull(place.route()))
                .put("host", subject.host())
                .put("method", subject.method())
                .put("path", subject.path())
                .put("protocol", subject.protocol())
                .put("status", outcome.status())
                .put("error", outcome.error())
                .put("worth", entry.worth().token())
                .put("sampled", entry.ids().sampled())
                .put("kept", outcome.kept())
                .put("upstream", ApiJson.orNull(place.upstream()))
                .put("endpoint", last == null ? null : last.endpoint())
                .put("attempts", entry.attempts().size())
                .put("requestBytes", outcome.requestBytes())
                .put("responseBytes", outcome.responseBytes())
                .put("replica", replica.name())
                .put("story", Story.of(entry))
                .put("cursor", new Cursor(outcome.startEpochNanos(), entry.id()).text());
    }

    /** Returns all that is known of a request. */
    JsonObject whole(JournalEntry entry) {
        return summary(entry)
                .put("parentSpanId", ApiJson.orNull(entry.ids().parentSpanId()))
                .put("linkedTraceId", entry.ids().linkedTraceId())
                .put("template", ApiJson.orNull(entry.place().template()))
                .put("network", entry.subject().network())
                .put("grpcStatus", entry.outcome().grpcStatus())
                .put("trail", ApiJson.array(Trail.of(entry), RequestJson::step))
                .put("attempts", ApiJson.array(entry.attempts(), RequestJson::attempt))
                .put("log", new JsonObject(log.of(entry)))
                .put("responseHeaders", fields.of(entry.ids()))
                .put("links", links.of(entry.place().tenant(), entry.ids().traceId()));
    }

    static JsonObject step(TrailStep step) {
        @Nullable Long at = step.atNanos();
        return new JsonObject()
                .put("step", step.step().token())
                .put("verdict", step.verdict())
                .put("why", step.why())
                .put("atMs", at == null ? null : ApiJson.millis(at));
    }

    private static JsonObject attempt(AttemptEntry attempt) {
        AttemptEntry.Times times = attempt.times();
        return new JsonObject()
                .put("spanId", attempt.spanId())
                .put("endpoint", attempt.endpoint())
                .put("startMs", ApiJson.millis(times.start()))
                .put("connection", attempt.connection().token())
                .put("dnsMs", ApiJson.millisOrNull(times.dns()))
                .put("connectMs", ApiJson.millisOrNull(times.connect()))
                .put("tlsMs", ApiJson.millisOrNull(times.tls()))
                .put("firstByteMs", ApiJson.millisOrNull(times.firstByte()))
                .put("totalMs", ApiJson.millisOrNull(times.total()))
                .put("status", attempt.status() == 0 ? null : attempt.status())
                .put("error", attempt.error())
                .put(
                        "trace",
                        attempt.traceResponse() == null
                                ? null
                                : attempt.traceResponse().tag())
                .put("choice", attempt.choice())
                .put("probe", attempt.probe());
    }
}
