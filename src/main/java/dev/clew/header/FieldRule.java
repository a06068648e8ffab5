package dev.clew.header;

/** A rule for header fields. Several may hold for one field. */
public enum FieldRule {
    /** About one connection (RFC 9110 section 7.6.1): ends at the gateway, both ways. */
    HOP_BY_HOP(true, true, true),
    /**
     * About where a message ends (RFC 9110 sections 6.6.2 and 8.6): a client's is not copied, the gateway writes its
     * own.
     */
    FRAMING(true, false, true),
    /** Carries trace context or baggage, or asks for a trace: a client's is read, and ends at the gateway. */
    TRACE_CONTEXT(true, false, true),
    /** Tells who the client is or what it asked for: passes from a trusted proxy only (RFC 7239 section 8.1). */
    FORWARDED(false, false, true),
    /** Set by the gateway on requests, whoever sent one: RFC 9440 section 2.1, for instance. */
    SET_ON_REQUESTS(true, false, true),
    /** Set by the gateway on responses: an upstream's is dropped. */
    SET_ON_RESPONSES(false, true, true),
    /** Passes, but is not a tenant's to change: about the exchange, or a list that the gateway appends to. */
    RESERVED(false, false, true),
    /** Grants pages of other origins access: an upstream's is dropped where the route has CORS rules. */
    CROSS_ORIGIN(false, false, false),
    /** Holds credentials: never recorded. */
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
