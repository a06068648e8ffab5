/** Addresses and the ranges they lie in. */
@NullMarked
package dev.clew.network;

import org.jspecify.annotations.NullMarked;
