package dev.clew.trace.context;

/** The degree of trust in the trace context sent by a tenant's callers. */
public enum InboundTrust {
    /** Accepts the trace ID and the sampled flag. */
    PRESERVE("preserve"),
    /** Accepts the trace ID; the gateway decides about sampling. */
    PRESERVE_ID("preserve-id"),
    /** Starts a new trace; the caller's context becomes a span link. */
    RESTART("restart");

    private final String token;

    InboundTrust(String token) {
        this.token = token;
    }

    /** Returns the value in a configuration file. */
    public String token() {
        return token;
    }
}
