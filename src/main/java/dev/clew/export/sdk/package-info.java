/** OpenTelemetry's SDK inside the gateway: its resource, its sampler, and the export of spans made through its API. */
@NullMarked
package dev.clew.export.sdk;

import org.jspecify.annotations.NullMarked;
