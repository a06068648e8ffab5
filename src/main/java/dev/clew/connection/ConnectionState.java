package dev.clew.connection;

/** The states of a client connection. Connections are displaced in this order, {@link #ACTIVE} ones never. */
public enum ConnectionState {
    /** No byte of a request was read, with TLS none since the handshake. */
    SILENT,
    /** The first request head is incomplete. */
    UNFINISHED,
    /** Between requests. */
    IDLE,
    /** A request, or the tunnel it became, is in progress. */
    ACTIVE
}
