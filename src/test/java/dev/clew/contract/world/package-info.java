/**
 * The gateway under test and its surroundings: the base class of contracts, the tenants' files, and processes that a
 * test starts.
 */
@NullMarked
package dev.clew.contract.world;

import org.jspecify.annotations.NullMarked;
