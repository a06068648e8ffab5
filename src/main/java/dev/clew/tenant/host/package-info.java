/**
 * Host names and patterns, tenants' claims to them, and their look-up.
 *
 * <p>Plain Java, as all of {@code tenant}.
 */
@NullMarked
package dev.clew.tenant.host;

import org.jspecify.annotations.NullMarked;
