/** Contracts on credentials and key sets. */
@NullMarked
package dev.clew.contract.access;

import org.jspecify.annotations.NullMarked;
