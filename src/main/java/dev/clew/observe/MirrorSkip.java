package dev.clew.observe;

/** Why a request has no copy at its route's mirror, though it was chosen for one. */
public enum MirrorSkip {
    /** It goes on in another protocol. */
    UPGRADE("upgrade"),
    /** It is larger than the route says. */
    BODY_TOO_LARGE("body-too-large"),
    /** The mirror is as busy as it may be. */
    NO_PLACE("no-place"),
    /** The mirror's circuit is not closed. */
    CIRCUIT_OPEN("circuit-open"),
    /** Too much is held for the tenant. */
    OVERLOADED("overloaded"),
    /** It ended before all of it had come. */
    INCOMPLETE("incomplete"),
    /** The gateway failed to. */
    FAULT("fault");

    private final String tag;

    MirrorSkip(String tag) {
        this.tag = tag;
    }

    String tag() {
        return tag;
    }
}
