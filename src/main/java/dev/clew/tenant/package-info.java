/**
 * Tenants, their hosts, and the immutable snapshot of all tenants that each request is routed by.
 *
 * <p>Plain Java: no server, no framework, no clock and no I/O, so that every rule here can be tested by calling it.
 */
@NullMarked
package dev.clew.tenant;

import org.jspecify.annotations.NullMarked;
