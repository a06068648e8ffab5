/** The mapping of the gateway's own file, and its translation into the gateway's settings. */
@NullMarked
package dev.clew.config.gateway;

import org.jspecify.annotations.NullMarked;
