/** The upstream side of a request: the outbound request, its attempts, and bodies streamed in both directions. */
@NullMarked
package dev.clew.proxy;

import org.jspecify.annotations.NullMarked;
