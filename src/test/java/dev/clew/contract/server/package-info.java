/** Servers behind the gateway, controlled by paths or by tests. */
@NullMarked
package dev.clew.contract.server;

import org.jspecify.annotations.NullMarked;
