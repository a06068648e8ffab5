package dev.clew.trace.context;

/** The headers that trace context and baggage are read from and sent in. */
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

    /** Returns the name in lower case, as sent; received names match in any case (RFC 9110, section 5.1). */
    public String fieldName() {
        return fieldName;
    }
}
