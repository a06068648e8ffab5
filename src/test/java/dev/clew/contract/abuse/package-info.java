/** Contracts on clients that flood, stall or mislead: what they do stays with them. */
@NullMarked
package dev.clew.contract.abuse;

import org.jspecify.annotations.NullMarked;
