/** Hashes that keep related requests together, the same in every gateway: plain Java. */
@NullMarked
package dev.clew.hash;

import org.jspecify.annotations.NullMarked;
