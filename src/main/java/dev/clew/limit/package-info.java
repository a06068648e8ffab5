/** A tenant's share of the gateway, and no more. */
@NullMarked
package dev.clew.limit;

import org.jspecify.annotations.NullMarked;
