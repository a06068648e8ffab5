/** Contracts on operation: metrics, health, live configuration, start and end. */
@NullMarked
package dev.clew.contract.operations;

import org.jspecify.annotations.NullMarked;
