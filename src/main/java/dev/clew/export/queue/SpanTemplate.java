package dev.clew.export.queue;

import io.opentelemetry.api.trace.SpanKind;

/**
 * The common part of all spans of one kind; created once per route and method, or per upstream, when a routing snapshot
 * is built, so that a request neither allocates nor computes it.
 *
 * @param name the span's name, never empty and never taken from a request
 * @param kind SERVER for a request, CLIENT for an attempt
 * @param tenant the span's tenant, for fair queues; empty if none is known
 * @param origin the span's origin
 */
public record SpanTemplate(String name, SpanKind kind, String tenant, SpanOrigin origin) {

    public SpanTemplate {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("name: empty (expected: a span name)");
        }
    }
}
