/**
 * The path of a finished span to telemetry backends: routing to destinations, bounded queues, OTLP exporters, and
 * counts that add up.
 *
 * <p>A request's thread builds one immutable {@link dev.clew.export.queue.FinishedSpan} per span and offers it to a
 * {@link dev.clew.export.queue.SpanSink}; this package's own threads do the rest. Nothing here throws at, blocks or
 * delays a request, whatever the state of a backend or a setting.
 */
@NullMarked
package dev.clew.export;

import org.jspecify.annotations.NullMarked;
