/** Contracts on messages octet by octet: framing, request smuggling, header fields, and the versions of HTTP. */
@NullMarked
package dev.clew.contract.wire;

import org.jspecify.annotations.NullMarked;
