/**
 * The upstreams of the sample tenants: three small HTTP servers in the gateway's own process, in development mode only.
 * They trace themselves as instrumented services would, so that traces contain more than the gateway. The packaged
 * build excludes them from the jar.
 */
@NullMarked
package dev.clew.demo;

import org.jspecify.annotations.NullMarked;
