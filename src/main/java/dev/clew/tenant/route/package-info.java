/**
 * A tenant's routes: actions, weighted splits, mirrors, stickiness.
 *
 * <p>Plain Java, as all of {@code tenant}.
 */
@NullMarked
package dev.clew.tenant.route;

import org.jspecify.annotations.NullMarked;
