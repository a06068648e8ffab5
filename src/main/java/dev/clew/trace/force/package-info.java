/**
 * Forced tracing: signed tokens that have one request traced regardless of samplers, their check, and the bound on
 * their use. Plain Java without Vert.x, clock or I/O; time and key are passed in.
 */
@NullMarked
package dev.clew.trace.force;

import org.jspecify.annotations.NullMarked;
