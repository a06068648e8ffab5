/** Contracts on long messages: bodies, event streams, upgrades, and clients that disconnect. */
@NullMarked
package dev.clew.contract.streaming;

import org.jspecify.annotations.NullMarked;
