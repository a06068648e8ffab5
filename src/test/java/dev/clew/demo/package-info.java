/** Tests that the demo is where it should be, and nowhere else. */
@NullMarked
package dev.clew.demo;

import org.jspecify.annotations.NullMarked;
