package dev.clew.trace.context;

/** What a caller says about recording its trace. */
public enum CallerDecision {
    /** Recorded. */
    SAMPLED,
    /** Not recorded. */
    NOT_SAMPLED,
    /** Left to whoever receives the request (B3 without a sampling state). */
    DEFERRED,
    /** Recorded, and meant to be whatever samplers say (B3's debug flag). */
    DEBUG
}
