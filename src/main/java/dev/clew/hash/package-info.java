/** Hashes that map related requests to the same target in every gateway. Plain Java. */
@NullMarked
package dev.clew.hash;

import org.jspecify.annotations.NullMarked;
