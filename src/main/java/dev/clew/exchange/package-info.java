/**
 * One request and its response inside the gateway: the state that its filters fill in, and the clocks it is measured
 * by.
 */
@NullMarked
package dev.clew.exchange;

import org.jspecify.annotations.NullMarked;
