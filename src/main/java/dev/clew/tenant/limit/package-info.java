/**
 * A tenant's limits and its current use of them.
 *
 * <p>Plain Java, as all of {@code tenant}.
 */
@NullMarked
package dev.clew.tenant.limit;

import org.jspecify.annotations.NullMarked;
