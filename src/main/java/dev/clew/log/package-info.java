/** Keeps the log from holding up what it tells of: lines wait, within a bound, for a thread that writes them. */
@NullMarked
package dev.clew.log;

import org.jspecify.annotations.NullMarked;
