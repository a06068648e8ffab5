/**
 * A tenant's certificates, and its policy for client certificates.
 *
 * <p>Plain Java, as all of {@code tenant}.
 */
@NullMarked
package dev.clew.tenant.tls;

import org.jspecify.annotations.NullMarked;
