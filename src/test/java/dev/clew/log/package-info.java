/** Tests of the queue in front of the log. */
@NullMarked
package dev.clew.log;

import org.jspecify.annotations.NullMarked;
