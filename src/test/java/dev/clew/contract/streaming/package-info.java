/** Contracts on messages that take their time: bodies, event streams, upgrades, and clients that leave. */
@NullMarked
package dev.clew.contract.streaming;

import org.jspecify.annotations.NullMarked;
