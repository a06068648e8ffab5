/** Contracts on spans and logs that leave the gateway, and on failing backends. */
@NullMarked
package dev.clew.contract.telemetry;

import org.jspecify.annotations.NullMarked;
