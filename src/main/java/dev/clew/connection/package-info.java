/**
 * The connections of clients, from accept to close: how many there may be, which go first, and when each has to end.
 */
@NullMarked
package dev.clew.connection;

import org.jspecify.annotations.NullMarked;
