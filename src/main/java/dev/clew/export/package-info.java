/**
 * Everything between a finished span and a telemetry backend: who gets it, bounded queues, OTLP exporters, and counts
 * that add up.
 *
 * <p>A request's thread builds one immutable {@link dev.clew.export.queue.FinishedSpan} per span and hands it to a
 * {@link dev.clew.export.queue.SpanSink}; everything after that happens on threads of this package's own. Nothing here
 * throws at, blocks or waits for a request, whatever state a backend or a setting is in.
 */
@NullMarked
package dev.clew.export;

import org.jspecify.annotations.NullMarked;
