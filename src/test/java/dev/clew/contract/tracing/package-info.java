/** Contracts on trace context, sampling and the content of spans. */
@NullMarked
package dev.clew.contract.tracing;

import org.jspecify.annotations.NullMarked;
