package dev.clew.observe;

import dev.clew.error.ErrorKind;
import dev.clew.export.SpanAttributes;
import dev.clew.export.SpanOrigin;
import dev.clew.export.SpanTemplate;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.SpanKind;
import org.jspecify.annotations.Nullable;

/**
 * All that telemetry says about a route and that no request changes, made when a snapshot is applied: span names, shared
 * attributes, meters, and the route's part of an access-log line.
 */
final class RouteTelemetry {

    private static final AttributeKey<String> TENANT = AttributeKey.stringKey("tenant.id");
    private static final AttributeKey<String> HTTP_ROUTE = AttributeKey.stringKey("http.route");
    private static final AttributeKey<String> ROUTE = AttributeKey.stringKey("clew.route");
    private static final AttributeKey<String> UPSTREAM = AttributeKey.stringKey("clew.upstream");

    /** Who and what: empty strings where a request reached no tenant, route or upstream. */
    record Labels(String tenant, String route, String template, String upstream) {

        static final Labels UNKNOWN = new Labels("", "", "", "");
    }

    private final Labels labels;
    private final SpanOrigin origin;
    private final SpanAttributes serverAttributes;
    private final SpanAttributes clientAttributes;
    private final String logFields;
    /** Filled in as methods are met; a race makes the same immutable value twice. */
    private final SpanTemplate[] server = new SpanTemplate[Methods.COUNT];

    private final SpanTemplate[] client = new SpanTemplate[Methods.COUNT];
    private final OutcomeTimers requests;
    private final OutcomeTimers attempts;
    private final AnswerCounters traceAnswers;

    RouteTelemetry(Labels labels, SpanOrigin origin, MeterRegistry meters) {
        this.labels = labels;
        this.origin = origin;
        this.requests = new OutcomeTimers(
                meters,
                "clew.requests",
                "Requests, from head read to answer written",
                Tags.of("tenant", labels.tenant(), "route", labels.route()));
        this.attempts = new OutcomeTimers(
                meters,
                "clew.upstream.attempts",
                "Attempts at an upstream",
                Tags.of("tenant", labels.tenant(), "upstream", labels.upstream()));
        this.traceAnswers = new AnswerCounters(meters, labels.tenant(), labels.upstream());
        this.clientAttributes = SpanAttributes.shared(attributes(labels).build());
        this.serverAttributes = SpanAttributes.shared(
                put(attributes(labels), HTTP_ROUTE, labels.template()).build());
        this.logFields = logField("tenant", labels.tenant())
                + logField("route", labels.route())
                + logField("upstream", labels.upstream());
    }

    private static AttributesBuilder attributes(Labels labels) {
        AttributesBuilder attributes = Attributes.builder();
        put(attributes, TENANT, labels.tenant());
        put(attributes, ROUTE, labels.route());
        return put(attributes, UPSTREAM, labels.upstream());
    }

    private static AttributesBuilder put(AttributesBuilder attributes, AttributeKey<String> key, String value) {
        return value.isEmpty() ? attributes : attributes.put(key, value);
    }

    /** Names come from configuration and are checked there: nothing in them needs escaping. */
    private static String logField(String name, String value) {
        return value.isEmpty() ? "" : ",\"" + name + "\":\"" + value + "\"";
    }

    SpanAttributes serverAttributes() {
        return serverAttributes;
    }

    SpanAttributes clientAttributes() {
        return clientAttributes;
    }

    /** JSON members, each with a leading comma. */
    String logFields() {
        return logFields;
    }

    SpanTemplate serverSpan(int method) {
        return template(server, method, SpanKind.SERVER);
    }

    SpanTemplate clientSpan(int method) {
        return template(client, method, SpanKind.CLIENT);
    }

    private SpanTemplate template(SpanTemplate[] made, int method, SpanKind kind) {
        SpanTemplate known = made[method];
        if (known != null) {
            return known;
        }
        String verb = Methods.spanName(method);
        String name = labels.template().isEmpty() ? verb : verb + " " + labels.template();
        SpanTemplate template = new SpanTemplate(name, kind, labels.tenant(), origin);
        made[method] = template;
        return template;
    }

    Timer requestTimer(int status, @Nullable ErrorKind error) {
        return requests.of(status, error);
    }

    AnswerCounters traceAnswers() {
        return traceAnswers;
    }

    Timer attemptTimer(int status, @Nullable ErrorKind error) {
        return attempts.of(status, error);
    }
}
