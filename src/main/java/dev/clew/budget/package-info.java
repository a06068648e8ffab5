/**
 * Memory that is held for somebody: whose it is, how much of it there may be, and what is given up first when it is too
 * much.
 */
@NullMarked
package dev.clew.budget;

import org.jspecify.annotations.NullMarked;
