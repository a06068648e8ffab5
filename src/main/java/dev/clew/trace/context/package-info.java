/**
 * Determines the trace of a request: reads the caller's context (W3C Trace Context Level 2, W3C Baggage, B3), applies
 * the trust policy, samples, and formats the context for upstreams. Plain Java without Vert.x, clock or I/O; {@link
 * IdSource} supplies randomness.
 */
@NullMarked
package dev.clew.trace.context;

import org.jspecify.annotations.NullMarked;
