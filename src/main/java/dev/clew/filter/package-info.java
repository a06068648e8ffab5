/**
 * The filters in front of the proxy: tracing, connection checks, access, limits, authentication and direct responses.
 * Every rejection is made here, except those of malformed and unrouted requests.
 */
@NullMarked
package dev.clew.filter;

import org.jspecify.annotations.NullMarked;
