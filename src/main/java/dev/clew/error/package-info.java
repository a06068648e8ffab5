/**
 * The gateway's own failures: what went wrong, who may read what about it, and the response it becomes. Plain Java.
 */
@NullMarked
package dev.clew.error;

import org.jspecify.annotations.NullMarked;
