package dev.clew.journal;

/**
 * The reason for which a request is kept. The first that applies, in this order; requests of all but the last outlive
 * ordinary ones by far.
 */
public enum Worth {
    /** The gateway rejected the request for a fault of the client, such as an unknown path or too high a rate. */
    REJECTED("rejected", 2),
    /** The response was a 5xx, was cut off, or was not sent. */
    FAILED("failed", 8),
    /** An upstream's response named another trace than the one sent. */
    BROKEN_TRACE("broken-trace", 4),
    /** It took more than one attempt. */
    RETRIED("retried", 4),
    /** A token forced its trace. */
    FORCED("forced", 4),
    /** Slower than the tenant's {@code keep}, or the slowest of its route and minute. */
    SLOW("slow", 4),
    /** Nothing of the above. */
    ORDINARY("ordinary", 1);

    private final String token;
    private final int weight;

    Worth(String token, int weight) {
        this.token = token;
        this.weight = weight;
    }

    /** Returns the value in responses and queries. */
    public String token() {
        return token;
    }

    /** Returns the part of the journal's room that requests of this worth get, in relation to the others. */
    int weight() {
        return weight;
    }
}
