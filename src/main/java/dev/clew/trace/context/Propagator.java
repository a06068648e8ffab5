package dev.clew.trace.context;

/** A format of context propagation between services, named as in OpenTelemetry. */
public enum Propagator {
    /** W3C Trace Context: {@code traceparent} and {@code tracestate}. */
    TRACECONTEXT("tracecontext"),
    /** W3C Baggage. */
    BAGGAGE("baggage"),
    /** B3 in one header, {@code b3}. */
    B3("b3"),
    /** B3 in several headers, {@code X-B3-*}. */
    B3MULTI("b3multi");

    private final String token;

    Propagator(String token) {
        this.token = token;
    }

    /** Returns the value in {@code OTEL_PROPAGATORS}. */
    public String token() {
        return token;
    }
}
