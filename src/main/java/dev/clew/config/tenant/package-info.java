/** The mapping of a tenant's file, and its translation into a tenant. */
@NullMarked
package dev.clew.config.tenant;

import org.jspecify.annotations.NullMarked;
