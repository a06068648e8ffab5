/** Tests that only the demo's profile contains the demo. */
@NullMarked
package dev.clew.demo;

import org.jspecify.annotations.NullMarked;
