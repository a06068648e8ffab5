package dev.clew.connection;

/** States of a client's connection. All but the last make room for others, in this order. */
public enum ConnectionState {
    /** Not a byte of a request has come; with TLS, none since the handshake. */
    SILENT,
    /** Bytes have come, and no whole head of a request. */
    UNFINISHED,
    /** No request is under way, after one was. */
    IDLE,
    /** A request is under way, or what it became. */
    ACTIVE
}
