/**
 * The settings of trace export, from {@code OTEL_*} and {@code gateway/gateway.yaml}: read so that no value can stop
 * the gateway, and compared by value, so that a change of one destination does not affect another.
 */
@NullMarked
package dev.clew.export.settings;

import org.jspecify.annotations.NullMarked;
