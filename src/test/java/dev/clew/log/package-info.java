/** Tests of asynchronous logging. */
@NullMarked
package dev.clew.log;

import org.jspecify.annotations.NullMarked;
