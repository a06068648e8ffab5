/** Clients of the gateway, down to single octets and frames. */
@NullMarked
package dev.clew.contract.client;

import org.jspecify.annotations.NullMarked;
