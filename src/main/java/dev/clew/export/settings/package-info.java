/**
 * Where traces go, as {@code OTEL_*} and {@code gateway/gateway.yaml} say it: read so that no value can stop the
 * gateway, and comparable by value, so that a change of one destination concerns no other.
 */
@NullMarked
package dev.clew.export.settings;

import org.jspecify.annotations.NullMarked;
