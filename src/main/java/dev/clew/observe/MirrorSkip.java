package dev.clew.observe;

/** The reason that a request selected for its route's mirror was not sent to it. */
public enum MirrorSkip {
    /** The request upgrades to another protocol. */
    UPGRADE("upgrade"),
    /** The body exceeds the route's bound. */
    BODY_TOO_LARGE("body-too-large"),
    /** No permit was free at the mirror. */
    NO_PLACE("no-place"),
    /** The mirror's circuit breaker is not closed. */
    CIRCUIT_OPEN("circuit-open"),
    /** The tenant holds too much memory. */
    OVERLOADED("overloaded"),
    /** The request ended before its body was complete. */
    INCOMPLETE("incomplete"),
    /** An internal error. */
    FAULT("fault");

    private final String tag;

    MirrorSkip(String tag) {
        this.tag = tag;
    }

    /** Returns the value in metrics. */
    public String tag() {
        return tag;
    }
}
