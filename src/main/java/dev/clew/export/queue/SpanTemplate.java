package dev.clew.export.queue;

import io.opentelemetry.api.trace.SpanKind;

/**
 * What all spans of one kind of work have in common; made once per route and method, or per upstream, when a routing
 * snapshot is built, so that a request allocates and computes none of it.
 *
 * @param name the span's name, never empty and never taken from a request
 * @param kind SERVER for a request, CLIENT for an attempt
 * @param tenant whose span it is, for fair queues; empty when no tenant is known
 * @param origin who makes the span
 */
public record SpanTemplate(String name, SpanKind kind, String tenant, SpanOrigin origin) {

    public SpanTemplate {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("name: empty (expected: a span name)");
        }
    }
}
