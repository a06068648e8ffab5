/**
 * What a tenant is, which hosts are its own, and the immutable snapshot of all tenants that a request is judged by.
 *
 * <p>Plain Java: no server, no framework, no clock and no I/O, so that every rule here can be tested by calling it.
 */
@NullMarked
package dev.clew.tenant;

import org.jspecify.annotations.NullMarked;
