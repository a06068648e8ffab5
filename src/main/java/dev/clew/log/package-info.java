/**
 * Asynchronous logging: records are queued, within a bound, for a writer thread, so that a slow log delays no request.
 */
@NullMarked
package dev.clew.log;

import org.jspecify.annotations.NullMarked;
