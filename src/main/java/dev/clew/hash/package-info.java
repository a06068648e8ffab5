/** Hashes of texts by which requests that belong together are kept together, the same in every gateway: plain Java. */
@NullMarked
package dev.clew.hash;

import org.jspecify.annotations.NullMarked;
