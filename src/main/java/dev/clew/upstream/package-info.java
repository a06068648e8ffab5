/**
 * Connections to the tenants' services: one bounded pool for each upstream, kept across reloads while the upstream is
 * unchanged.
 */
@NullMarked
package dev.clew.upstream;

import org.jspecify.annotations.NullMarked;
