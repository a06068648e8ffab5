package dev.clew.observe;

import dev.clew.export.queue.SpanSink;
import dev.clew.tenant.tracing.Keep;
import org.jspecify.annotations.Nullable;

/**
 * What a tenant has recorded of its requests, beyond what is recorded of all.
 *
 * @param keep which requests have spans although they were not chosen
 * @param details null when the spans tell only what all spans tell
 * @param sink where the spans go
 */
record Recording(Keep keep, @Nullable SpanDetails details, SpanSink sink) {}
