/**
 * The services behind the sample tenants: three small HTTP servers in the gateway's own process, in development mode
 * only. They trace themselves as instrumented services would, so that a trace has more in it than the gateway. The
 * packaged build has none of this: the classes are left out of the jar.
 */
@NullMarked
package dev.clew.demo;

import org.jspecify.annotations.NullMarked;
