/** Contracts on the certificates that the listener and its clients show. */
@NullMarked
package dev.clew.contract.tls;

import org.jspecify.annotations.NullMarked;
