package dev.clew.header;

/** A rule for header fields. Several may apply to one field. */
public enum FieldRule {
    /** Concerns a single connection (RFC 9110 section 7.6.1): removed in both directions. */
    HOP_BY_HOP(true, true, true),
    /** Delimits a message (RFC 9110 sections 6.6.2 and 8.6): a client's is removed, the gateway writes its own. */
    FRAMING(true, false, true),
    /** Carries trace context or baggage, or requests a trace: a client's is read, and removed. */
    TRACE_CONTEXT(true, false, true),
    /**
     * Names the client, or the scheme or host it requested: passes from a trusted proxy only (RFC 7239 section 8.1).
     */
    FORWARDED(false, false, true),
    /** Set by the gateway on requests, replacing any client's: RFC 9440 section 2.1, for instance. */
    SET_ON_REQUESTS(true, false, true),
    /** Set by the gateway on responses: an upstream's is removed. */
    SET_ON_RESPONSES(false, true, true),
    /** Passes, but tenants may not change it: concerns the exchange, or is a list that the gateway appends to. */
    RESERVED(false, false, true),
    /** Grants other origins access: an upstream's is removed if the route has CORS rules. */
    CROSS_ORIGIN(false, false, false),
    /** Contains credentials: never recorded. */
    CREDENTIAL(false, false, false);

    private final boolean dropsFromRequests;
    private final boolean dropsFromResponses;
    private final boolean reserves;

    FieldRule(boolean dropsFromRequests, boolean dropsFromResponses, boolean reserves) {
        this.dropsFromRequests = dropsFromRequests;
        this.dropsFromResponses = dropsFromResponses;
        this.reserves = reserves;
    }

    boolean dropsFromRequests() {
        return dropsFromRequests;
    }

    boolean dropsFromResponses() {
        return dropsFromResponses;
    }

    boolean reserves() {
        return reserves;
    }
}
