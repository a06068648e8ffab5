/**
 * A tenant's certificates, and those it asks its clients for.
 *
 * <p>Plain Java, as all of {@code tenant}.
 */
@NullMarked
package dev.clew.tenant.tls;

import org.jspecify.annotations.NullMarked;
