/** Servers behind the gateway, which do as a path or a test says. */
@NullMarked
package dev.clew.contract.server;

import org.jspecify.annotations.NullMarked;
