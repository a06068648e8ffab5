/** Tests that the demo is in its profile only. */
@NullMarked
package dev.clew.demo;

import org.jspecify.annotations.NullMarked;
