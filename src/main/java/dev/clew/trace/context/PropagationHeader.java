package dev.clew.trace.context;

/** The headers that context is read from and sent in. */
public enum PropagationHeader {
    TRACEPARENT("traceparent"),
    TRACESTATE("tracestate"),
    BAGGAGE("baggage"),
    B3("b3"),
    B3_TRACE_ID("x-b3-traceid"),
    B3_SPAN_ID("x-b3-spanid"),
    B3_SAMPLED("x-b3-sampled"),
    B3_FLAGS("x-b3-flags");

    private final String fieldName;

    PropagationHeader(String fieldName) {
        this.fieldName = fieldName;
    }

    /** In lower case, in which it is sent; it may be received in any (RFC 9110, section 5.1). */
    public String fieldName() {
        return fieldName;
    }
}
