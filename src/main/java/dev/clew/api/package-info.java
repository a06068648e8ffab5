/**
 * The API on the management port: what the gateway knows about requests, tenants, upstreams and itself, as JSON, for
 * all replicas.
 */
@NullMarked
package dev.clew.api;

import org.jspecify.annotations.NullMarked;
