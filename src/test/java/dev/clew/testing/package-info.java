/** Servers and values shared by tests of several packages. */
@NullMarked
package dev.clew.testing;

import org.jspecify.annotations.NullMarked;
