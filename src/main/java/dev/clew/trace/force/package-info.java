/**
 * Lets whoever holds a key have one request traced, whatever the samplers say: tokens, their check, and how often one
 * may be used. Plain Java without Vert.x, clock or I/O: time and key come in.
 */
@NullMarked
package dev.clew.trace.force;

import org.jspecify.annotations.NullMarked;
