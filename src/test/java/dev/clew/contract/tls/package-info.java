/** Contracts on the certificates that the listener and its clients present. */
@NullMarked
package dev.clew.contract.tls;

import org.jspecify.annotations.NullMarked;
