package dev.clew.export.report;

import dev.clew.export.queue.QueuedSpan;
import dev.clew.export.queue.SpanSink;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The most recent spans, in memory, to look up a trace without a backend. A ring: the newest span replaces the oldest,
 * whatever its tenant. A look-up reads the whole ring, which suits a person's request, not the request path.
 */
public final class RecentTraces implements SpanSink {

    private static final AttributeKey<Long> HTTP_STATUS = AttributeKey.longKey("http.response.status_code");
    private static final AttributeKey<String> SERVICE_NAME = AttributeKey.stringKey("service.name");

    /** The response if no spans are kept. */
    public static final Response SWITCHED_OFF = problem(
            404,
            "recent-traces-off",
            "Recent traces are kept only if recent-traces.enabled in gateway/gateway.yaml is true. Look the trace up"
                    + " in the trace backend or the access log.");

    private final AtomicReferenceArray<@Nullable QueuedSpan> spans;
    private final AtomicLong next = new AtomicLong();

    /** @param capacity the bound on spans kept, 1 or more */
    public RecentTraces(int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("capacity: " + capacity + " (expected: 1 or more)");
        }
        this.spans = new AtomicReferenceArray<>(capacity);
    }

    /**
     * A response of the management port.
     *
     * @param status the HTTP status
     * @param contentType the media type of the body
     * @param body JSON
     */
    public record Response(int status, String contentType, String body) {}

    @Override
    public void offer(QueuedSpan span) {
        spans.setRelease((int) (next.getAndIncrement() % spans.length()), span);
    }

    /** Returns the kept spans of a trace, by start time; empty if there are none. */
    public List<QueuedSpan> byTraceId(String traceId) {
        List<QueuedSpan> found = new ArrayList<>();
        for (int i = 0; i < spans.length(); i++) {
            @Nullable QueuedSpan span = spans.getAcquire(i);
            if (span != null && span.getTraceId().equals(traceId)) {
                found.add(span);
            }
        }
        found.sort(Comparator.comparingLong(QueuedSpan::getStartEpochNanos));
        return found;
    }

    /**
     * Responds to {@code GET /q/traces/{trace-id}}: 200 with the trace, 400 for a malformed trace ID, 404 if no span of
     * it is kept, the latter two as a problem document (RFC 9457).
     */
    public Response respond(String traceId) {
        String id = traceId.toLowerCase(Locale.ROOT);
        if (!isTraceId(id)) {
            return problem(400, "malformed-trace-id", "A trace ID has 32 hexadecimal digits, not all of them 0.");
        }
        List<QueuedSpan> found = byTraceId(id);
        if (found.isEmpty()) {
            return problem(
                    404,
                    "trace-not-found",
                    "No span of this trace is kept here: it was not sampled, it is older than the spans kept, or"
                            + " another replica handled it. The access log has every request.");
        }
        JsonArray rendered = new JsonArray();
        found.forEach(span -> rendered.add(json(span)));
        JsonObject trace = new JsonObject().put("traceId", id).put("spans", rendered);
        return new Response(200, "application/json", trace.encodePrettily());
    }

    private static boolean isTraceId(String id) {
        boolean zero = true;
        for (int i = 0; i < id.length(); i++) {
            char c = id.charAt(i);
            if (!(c >= '0' && c <= '9' || c >= 'a' && c <= 'f')) {
                return false;
            }
            zero &= c == '0';
        }
        return id.length() == 32 && !zero;
    }

    private static JsonObject json(QueuedSpan span) {
        JsonObject attributes = new JsonObject();
        span.getAttributes().forEach((key, value) -> attributes.put(key.getKey(), value));
        SpanContext parent = span.getParentSpanContext();
        long nanos = span.getStartEpochNanos();
        JsonObject json = new JsonObject()
                .put("spanId", span.getSpanId())
                .put("parentSpanId", parent.isValid() ? parent.getSpanId() : null)
                .put("name", span.getName())
                .put("kind", span.getKind().name())
                .put("service", span.getResource().getAttribute(SERVICE_NAME))
                .put(
                        "startTime",
                        Instant.ofEpochSecond(nanos / 1_000_000_000, nanos % 1_000_000_000)
                                .toString())
                .put("durationMs", (span.getEndEpochNanos() - nanos) / 1e6)
                .put("status", span.getStatus().getStatusCode().name())
                .put("httpStatus", span.getAttributes().get(HTTP_STATUS))
                .put("attributes", attributes);
        return span.getLinks().isEmpty() ? json : json.put("links", links(span));
    }

    private static JsonArray links(QueuedSpan span) {
        JsonArray links = new JsonArray();
        for (LinkData link : span.getLinks()) {
            links.add(new JsonObject()
                    .put("traceId", link.getSpanContext().getTraceId())
                    .put("spanId", link.getSpanContext().getSpanId()));
        }
        return links;
    }

    private static Response problem(int status, String code, String detail) {
        JsonObject problem = new JsonObject()
                .put("type", "urn:clew:error:" + code)
                .put("title", status == 400 ? "Bad Request" : "Not Found")
                .put("status", status)
                .put("code", code)
                .put("detail", detail);
        return new Response(status, "application/problem+json", problem.encode());
    }
}
