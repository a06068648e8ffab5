package dev.clew.trace.context;

/** A caller's decision about recording its trace. */
public enum CallerDecision {
    /** Recorded. */
    SAMPLED,
    /** Not recorded. */
    NOT_SAMPLED,
    /** Left to the receiver (B3 without a sampling state). */
    DEFERRED,
    /** Recorded regardless of samplers (B3's debug flag). */
    DEBUG
}
