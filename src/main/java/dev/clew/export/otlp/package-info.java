/** Sends batches of spans, log records or metrics to one backend over OTLP (HTTP or gRPC). */
@NullMarked
package dev.clew.export.otlp;

import org.jspecify.annotations.NullMarked;
