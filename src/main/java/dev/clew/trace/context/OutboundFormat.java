package dev.clew.trace.context;

import java.util.List;

/** The format in which trace context is sent to an upstream. */
public enum OutboundFormat {
    /** All formats of {@code OTEL_PROPAGATORS}. */
    GATEWAY_DEFAULT("unset"),
    /** W3C Trace Context. */
    W3C("w3c"),
    /** B3 in one header. */
    B3("b3"),
    /** B3 in several headers. */
    B3MULTI("b3multi"),
    /** No trace context and no baggage. */
    NONE("none");

    /** The formats that a tenant's file may name. */
    public static final List<OutboundFormat> WRITTEN = List.of(W3C, B3, B3MULTI, NONE);

    private final String token;

    OutboundFormat(String token) {
        this.token = token;
    }

    /** Returns the value in a tenant's file. */
    public String token() {
        return token;
    }
}
