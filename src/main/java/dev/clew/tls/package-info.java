/**
 * TLS between clients and the gateway: the choice of a certificate by SNI, and the certificates recorded for a
 * connection's requests. Quarkus provides the listener's port and default certificate (ADR 0011).
 */
@NullMarked
package dev.clew.tls;

import org.jspecify.annotations.NullMarked;
