/** Loads the configuration folder and follows its changes. */
@NullMarked
package dev.clew.config.watch;

import org.jspecify.annotations.NullMarked;
