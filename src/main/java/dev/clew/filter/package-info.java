/**
 * The filters that a request passes before the proxy: tracing, the connection, access, limits, authentication, and
 * responses that a route gives by itself. Every refusal but malformed and unrouted requests is made here.
 */
@NullMarked
package dev.clew.filter;

import org.jspecify.annotations.NullMarked;
