/**
 * Decides which route a request takes: the request path in its one normal form, the path patterns, the look-up table
 * and the rewriting of the path for the upstream.
 *
 * <p>Plain Java: no Vert.x, no Quarkus, no clock, no I/O. Everything here is immutable and safe to share.
 */
@NullMarked
package dev.clew.route;

import org.jspecify.annotations.NullMarked;
