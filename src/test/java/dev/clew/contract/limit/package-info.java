/** Contracts on a tenant's limits: rates, shares, sizes and times. */
@NullMarked
package dev.clew.contract.limit;

import org.jspecify.annotations.NullMarked;
