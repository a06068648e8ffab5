package dev.clew.export.queue;

import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.resources.Resource;

/**
 * Who makes spans: one object per process, shared by all its spans (the exporters group spans by the identity of
 * resource and scope).
 *
 * @param resource the entity that makes the spans, with its {@code service.name}
 * @param scope the instrumentation that makes them
 * @param limits what a span's attributes are cut down to
 */
public record SpanOrigin(Resource resource, InstrumentationScopeInfo scope, AttributeLimits limits) {}
