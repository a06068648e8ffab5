/**
 * Contracts on everything behind the gateway: balancing, health, circuits, retries, timeouts, mirrors, and broken
 * responses.
 */
@NullMarked
package dev.clew.contract.upstream;

import org.jspecify.annotations.NullMarked;
