package dev.clew.export.queue;

import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.resources.Resource;

/**
 * The origin of spans: one object per process, shared by all its spans (the exporters group spans by the identity of
 * resource and scope).
 *
 * @param resource the entity that produces the spans, with its {@code service.name}
 * @param scope the instrumentation that produces them
 * @param limits the limits on a span's attributes
 */
public record SpanOrigin(Resource resource, InstrumentationScopeInfo scope, AttributeLimits limits) {}
