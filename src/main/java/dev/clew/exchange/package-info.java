/** One request and its response inside the gateway: the state that filters fill in, and the clocks that measure it. */
@NullMarked
package dev.clew.exchange;

import org.jspecify.annotations.NullMarked;
