/** Gives each request its trace: what is taken from the caller, and what the response says about it. */
@NullMarked
package dev.clew.trace;

import org.jspecify.annotations.NullMarked;
