/** Contracts on what an operator sees and does: metrics, health, live configuration, start and end. */
@NullMarked
package dev.clew.contract.operations;

import org.jspecify.annotations.NullMarked;
