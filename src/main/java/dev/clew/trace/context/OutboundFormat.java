package dev.clew.trace.context;

import java.util.List;

/** How an upstream is told of the trace. */
public enum OutboundFormat {
    /** In all formats of {@code OTEL_PROPAGATORS}. */
    GATEWAY_DEFAULT("unset"),
    /** W3C Trace Context. */
    W3C("w3c"),
    /** B3 in one header. */
    B3("b3"),
    /** B3 in several headers. */
    B3MULTI("b3multi"),
    /** Not at all, and no baggage either. */
    NONE("none");

    /** Those with a word for a tenant's file. */
    public static final List<OutboundFormat> WRITTEN = List.of(W3C, B3, B3MULTI, NONE);

    private final String token;

    OutboundFormat(String token) {
        this.token = token;
    }

    /** The word for it in a tenant's file. */
    public String token() {
        return token;
    }
}
