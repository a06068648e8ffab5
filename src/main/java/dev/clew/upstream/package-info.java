/**
 * Connections to the tenants' services: one bounded pool for each upstream, kept while the upstream stays the same.
 */
@NullMarked
package dev.clew.upstream;

import org.jspecify.annotations.NullMarked;
