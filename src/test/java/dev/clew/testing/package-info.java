/** Servers and values that tests of several packages share. */
@NullMarked
package dev.clew.testing;

import org.jspecify.annotations.NullMarked;
