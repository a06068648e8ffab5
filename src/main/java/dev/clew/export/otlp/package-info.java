/** Sends batches of spans to one backend over OTLP (HTTP or gRPC). */
@NullMarked
package dev.clew.export.otlp;

import org.jspecify.annotations.NullMarked;
