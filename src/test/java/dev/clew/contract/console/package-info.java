/** The console: how it is served, and what a browser shows of it. */
@NullMarked
package dev.clew.contract.console;

import org.jspecify.annotations.NullMarked;
