/** Contracts on what leaves the gateway for telemetry backends and logs, and on backends that fail. */
@NullMarked
package dev.clew.contract.telemetry;

import org.jspecify.annotations.NullMarked;
