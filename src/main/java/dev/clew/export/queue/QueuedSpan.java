package dev.clew.export.queue;

import io.opentelemetry.sdk.trace.data.SpanData;

/** A finished span on its way to telemetry backends. */
public interface QueuedSpan extends SpanData, Queued {}
