/** IP addresses and ranges, and the client of a request according to forwarding fields. */
@NullMarked
package dev.clew.network;

import org.jspecify.annotations.NullMarked;
