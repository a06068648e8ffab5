/**
 * Contracts on which tenant, route and upstream a request belongs to, and on what a route does besides forwarding it.
 */
@NullMarked
package dev.clew.contract.routing;

import org.jspecify.annotations.NullMarked;
