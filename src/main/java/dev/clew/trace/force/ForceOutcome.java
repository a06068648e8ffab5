package dev.clew.trace.force;

/** The outcome of checking a request's token: a closed set, usable as a metric's tag. */
public enum ForceOutcome {
    /** The request is traced. */
    ACCEPTED("accepted"),
    /** Malformed, not signed with this key, valid for longer than allowed, or sent twice. */
    INVALID("invalid"),
    /** Expired. */
    EXPIRED("expired"),
    /** Issued for another tenant. */
    FOREIGN_TENANT("foreign-tenant"),
    /** The tenant has reached its number of forced requests per minute. */
    RATE_LIMITED("rate-limited"),
    /** No usable key, so that the token cannot be checked. */
    SWITCHED_OFF("switched-off");

    private final String tag;

    ForceOutcome(String tag) {
        this.tag = tag;
    }

    /** Returns the value in metrics. */
    public String tag() {
        return tag;
    }
}
