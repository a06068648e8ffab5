/** Bounds on how often something may happen, on time that is passed in: plain Java without a clock. */
@NullMarked
package dev.clew.rate;

import org.jspecify.annotations.NullMarked;
