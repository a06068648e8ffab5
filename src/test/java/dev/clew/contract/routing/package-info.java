/** Contracts on the tenant, route and upstream of a request, and on a route's actions besides forwarding. */
@NullMarked
package dev.clew.contract.routing;

import org.jspecify.annotations.NullMarked;
