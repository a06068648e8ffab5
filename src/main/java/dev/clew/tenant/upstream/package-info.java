/**
 * A tenant's upstreams: endpoints, balancing, health, timeouts, retries, TLS.
 *
 * <p>Plain Java, as all of {@code tenant}.
 */
@NullMarked
package dev.clew.tenant.upstream;

import org.jspecify.annotations.NullMarked;
