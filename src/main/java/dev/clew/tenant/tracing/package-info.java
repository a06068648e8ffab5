/**
 * A tenant's tracing policy: trust in callers, sampling, which spans are kept, what they contain.
 *
 * <p>Plain Java, as all of {@code tenant}.
 */
@NullMarked
package dev.clew.tenant.tracing;

import org.jspecify.annotations.NullMarked;
