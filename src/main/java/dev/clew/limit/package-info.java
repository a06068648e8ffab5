/** Enforcement of a tenant's share of the gateway: connections, header size and request rate. */
@NullMarked
package dev.clew.limit;

import org.jspecify.annotations.NullMarked;
