/**
 * A tenant's tracing policy: trust in callers, sampling, kept spans and their content.
 *
 * <p>Plain Java, as all of {@code tenant}.
 */
@NullMarked
package dev.clew.tenant.tracing;

import org.jspecify.annotations.NullMarked;
