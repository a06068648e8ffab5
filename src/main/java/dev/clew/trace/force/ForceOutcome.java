package dev.clew.trace.force;

/** What became of a request's token: few and fixed, so that it can be a metric's tag. */
public enum ForceOutcome {
    /** The request is traced. */
    ACCEPTED("accepted"),
    /** Not a token, not signed with this key, valid for longer than is allowed, or sent twice. */
    INVALID("invalid"),
    /** It was valid once. */
    EXPIRED("expired"),
    /** It is another tenant's. */
    FOREIGN_TENANT("foreign-tenant"),
    /** The tenant has used up what it may force in a minute. */
    RATE_LIMITED("rate-limited"),
    /** There is no usable key, so that nothing can be told of the token. */
    SWITCHED_OFF("switched-off");

    private final String tag;

    ForceOutcome(String tag) {
        this.tag = tag;
    }

    /** The word for it in metrics. */
    public String tag() {
        return tag;
    }
}
