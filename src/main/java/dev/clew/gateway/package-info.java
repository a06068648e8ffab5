/**
 * Puts the gateway together: the order in which a request passes its filters, start-up, and going away.
 */
@NullMarked
package dev.clew.gateway;

import org.jspecify.annotations.NullMarked;
