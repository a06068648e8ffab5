/** The console's page and scripts, served on the management port. Contains no data: the page reads the API. */
@NullMarked
package dev.clew.console;

import org.jspecify.annotations.NullMarked;
