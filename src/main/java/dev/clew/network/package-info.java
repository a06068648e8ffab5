/** Addresses, the ranges they lie in, and what forwarding fields tell of a request's caller. */
@NullMarked
package dev.clew.network;

import org.jspecify.annotations.NullMarked;
