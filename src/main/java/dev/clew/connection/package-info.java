/** Client connections from accept to close: their limits, their lifetime, and the order in which they are displaced. */
@NullMarked
package dev.clew.connection;

import org.jspecify.annotations.NullMarked;
