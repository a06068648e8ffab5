package dev.clew.observe;

import dev.clew.export.queue.SpanSink;
import dev.clew.tenant.tracing.Keep;
import org.jspecify.annotations.Nullable;

/**
 * A tenant's settings of recorded spans.
 *
 * @param keep requests whose spans are exported though not sampled
 * @param details optional attributes; null for none
 * @param sink destination of the spans
 */
record Recording(Keep keep, @Nullable SpanDetails details, SpanSink sink) {}
