/** The interface between the gateway and an operator's own code: filters for requests. */
@NullMarked
package dev.clew.extension;

import org.jspecify.annotations.NullMarked;
