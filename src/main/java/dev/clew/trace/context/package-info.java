/**
 * Says which trace a request belongs to: reads what the caller sent (W3C Trace Context Level 2, W3C Baggage, B3),
 * decides how much of it is believed and whether the request is recorded, and writes the result for the next service.
 * The rules are plain Java without Vert.x, clock or I/O; randomness comes in through {@link IdSource}.
 */
@NullMarked
package dev.clew.trace.context;

import org.jspecify.annotations.NullMarked;
