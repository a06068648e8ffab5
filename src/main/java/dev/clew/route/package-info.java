/**
 * Route selection: path normalisation, path patterns, the lookup table, and path rewriting for the upstream.
 *
 * <p>Plain Java: no Vert.x, no Quarkus, no clock, no I/O. Everything here is immutable and safe to share.
 */
@NullMarked
package dev.clew.route;

import org.jspecify.annotations.NullMarked;
