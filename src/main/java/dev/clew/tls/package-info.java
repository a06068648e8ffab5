/**
 * TLS between clients and the gateway: which certificate a connection gets, by the server name it asks for, and what is
 * remembered of that for its requests. The listener's port and default certificate are Quarkus's (ADR 0011).
 */
@NullMarked
package dev.clew.tls;

import org.jspecify.annotations.NullMarked;
