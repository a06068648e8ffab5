package dev.clew.trace.context;

/** How much of the trace context that a tenant's callers send is believed. */
public enum InboundTrust {
    /** The trace ID and the sampled flag are taken. */
    PRESERVE("preserve"),
    /** The trace ID is taken; whether the trace is sampled is decided here. */
    PRESERVE_ID("preserve-id"),
    /** A new trace begins; the caller's context is kept as a span link. */
    RESTART("restart");

    private final String token;

    InboundTrust(String token) {
        this.token = token;
    }

    /** The word for it in a configuration file. */
    public String token() {
        return token;
    }
}
