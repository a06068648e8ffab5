/** Contracts on clients that flood, stall or mislead: others are not affected. */
@NullMarked
package dev.clew.contract.abuse;

import org.jspecify.annotations.NullMarked;
