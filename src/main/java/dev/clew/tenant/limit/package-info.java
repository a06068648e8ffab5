/**
 * A tenant's limits, and its running share of what they bound.
 *
 * <p>Plain Java, as all of {@code tenant}.
 */
@NullMarked
package dev.clew.tenant.limit;

import org.jspecify.annotations.NullMarked;
