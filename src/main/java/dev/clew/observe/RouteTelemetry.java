package dev.clew.observe;

import dev.clew.error.ErrorKind;
import dev.clew.export.queue.SpanAttributes;
import dev.clew.export.queue.SpanOrigin;
import dev.clew.export.queue.SpanSink;
import dev.clew.export.queue.SpanTemplate;
import dev.clew.journal.Place;
import dev.clew.tenant.tracing.Keep;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.SpanKind;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The telemetry of a route that no request changes, created with its snapshot: span names, shared attributes, meters,
 * and the route's part of access-log lines.
 */
final class RouteTelemetry {

    private static final String REQUESTS = "clew.requests";
    private static final String ATTEMPTS = "clew.upstream.attempts";
    private static final String MIRRORED = "clew.upstream.copies";

    /** The names of a route's meters. */
    static final List<String> METERS =
            List.of(REQUESTS, ATTEMPTS, MIRRORED, MirrorSkipCounters.NAME, TraceResponseCounters.NAME);

    private static final AttributeKey<String> METHOD = AttributeKey.stringKey("http.request.method");
    private static final AttributeKey<String> TENANT = AttributeKey.stringKey("tenant.id");
    private static final AttributeKey<String> HTTP_ROUTE = AttributeKey.stringKey("http.route");
    private static final AttributeKey<String> ROUTE = AttributeKey.stringKey("clew.route");
    private static final AttributeKey<String> UPSTREAM = AttributeKey.stringKey("clew.upstream");
    private static final AttributeKey<Boolean> MIRROR = AttributeKey.booleanKey("clew.mirror");

    /**
     * Names, each empty where a request reached no tenant, route or upstream.
     *
     * @param mirror whether the upstream is the route's mirror
     */
    record Labels(String tenant, String route, String template, String upstream, boolean mirror) {

        static final Labels UNKNOWN = new Labels("", "", "", "", false);
    }

    /** The common part of all spans of one kind and method. */
    record Outline(SpanTemplate template, SpanAttributes attributes) {}

    private final Labels labels;
    private final SpanOrigin origin;
    private final Methods methods;
    private final Recording recording;
    private final Place place;
    private final Kept kept = new Kept();
    /** Filled lazily by method; a race creates the same immutable value twice. */
    private final Outline[] server;

    private final Outline[] client;
    private final OutcomeTimers requests;
    private final OutcomeTimers attempts;
    private final TraceResponseCounters traceResponses;
    private final @Nullable MirrorSkipCounters mirrorSkips;

    RouteTelemetry(Labels labels, Recording recording, SpanOrigin origin, Methods methods, MeterRegistry meters) {
        this.labels = labels;
        this.origin = origin;
        this.methods = methods;
        this.recording = recording;
        this.server = new Outline[methods.count()];
        this.client = new Outline[methods.count()];
        this.requests = new OutcomeTimers(
                meters, REQUESTS, "Requests, from the request head to the end of the response", routeTags(labels));
        this.attempts = labels.mirror()
                ? new OutcomeTimers(meters, MIRRORED, "Mirrored requests at an upstream", upstreamTags(labels))
                : new OutcomeTimers(meters, ATTEMPTS, "Attempts at an upstream", upstreamTags(labels));
        this.mirrorSkips = labels.mirror() ? new MirrorSkipCounters(meters, upstreamTags(labels)) : null;
        this.traceResponses = new TraceResponseCounters(meters, labels.tenant(), labels.upstream());
        this.place = new Place(labels.tenant(), labels.route(), labels.template(), labels.upstream());
    }

    private static Tags routeTags(Labels labels) {
        return Tags.of("tenant", labels.tenant(), "route", labels.route());
    }

    private static Tags upstreamTags(Labels labels) {
        return Tags.of("tenant", labels.tenant(), "upstream", labels.upstream());
    }

    /** Returns the tags that distinguish this route's meters. */
    List<Tags> meterTags() {
        return List.of(routeTags(labels), upstreamTags(labels));
    }

    /** Returns the part of a meter's tags that {@link #meterTags} has. */
    static Tags ownTags(Meter.Id meter) {
        String route = meter.getTag("route");
        String tenant = Objects.requireNonNullElse(meter.getTag("tenant"), "");
        return route != null
                ? Tags.of("tenant", tenant, "route", route)
                : Tags.of("tenant", tenant, "upstream", Objects.requireNonNullElse(meter.getTag("upstream"), ""));
    }

    private AttributesBuilder attributes(int method) {
        AttributesBuilder attributes = Attributes.builder().put(METHOD, methods.name(method));
        put(attributes, TENANT, labels.tenant());
        put(attributes, ROUTE, labels.route());
        if (labels.mirror()) {
            attributes.put(MIRROR, true);
        }
        return put(attributes, UPSTREAM, labels.upstream());
    }

    private static AttributesBuilder put(AttributesBuilder attributes, AttributeKey<String> key, String value) {
        return value.isEmpty() ? attributes : attributes.put(key, value);
    }

    Keep keep() {
        return recording.keep();
    }

    @Nullable SpanDetails details() {
        return recording.details();
    }

    /** Returns the destination of the spans. */
    SpanSink sink() {
        return recording.sink();
    }

    Methods methods() {
        return methods;
    }

    /** Returns the tenant; empty if none is known. */
    String tenant() {
        return labels.tenant();
    }

    /** Returns the names that this route's requests have in the journal. */
    Place place() {
        return place;
    }

    /** Returns the choice of requests for the journal. */
    Kept kept() {
        return kept;
    }

    /** @param method index by {@link Methods#indexOf} */
    Outline serverSpan(int method) {
        Outline known = server[method];
        if (known == null) {
            AttributesBuilder attributes = put(attributes(method), HTTP_ROUTE, labels.template());
            known = new Outline(template(method, SpanKind.SERVER), SpanAttributes.shared(attributes.build()));
            server[method] = known;
        }
        return known;
    }

    /** @param method index by {@link Methods#indexOf} */
    Outline clientSpan(int method) {
        Outline known = client[method];
        if (known == null) {
            SpanAttributes attributes = SpanAttributes.shared(attributes(method).build());
            known = new Outline(template(method, SpanKind.CLIENT), attributes);
            client[method] = known;
        }
        return known;
    }

    /** Only a SERVER span's name has the template: the path at the upstream has none (HTTP conventions, "Name"). */
    private SpanTemplate template(int method, SpanKind kind) {
        String verb = methods.spanName(method);
        boolean routed = kind == SpanKind.SERVER && !labels.template().isEmpty();
        return new SpanTemplate(routed ? verb + " " + labels.template() : verb, kind, labels.tenant(), origin);
    }

    Timer requestTimer(int status, @Nullable ErrorKind error) {
        return requests.of(status, error);
    }

    TraceResponseCounters traceResponses() {
        return traceResponses;
    }

    /**
     * Returns the counters of a mirror.
     *
     * @throws NullPointerException if this is not a mirror
     */
    MirrorSkipCounters mirrorSkips() {
        return Objects.requireNonNull(mirrorSkips, "no mirror");
    }

    /** Returns the timer of an attempt, or of a mirrored request. */
    Timer attemptTimer(int status, @Nullable ErrorKind error) {
        return attempts.of(status, error);
    }
}
