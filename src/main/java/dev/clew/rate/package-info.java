/** Rate limiting on time passed in by the caller: plain Java without a clock. */
@NullMarked
package dev.clew.rate;

import org.jspecify.annotations.NullMarked;
