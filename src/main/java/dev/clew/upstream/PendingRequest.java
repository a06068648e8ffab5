package dev.clew.upstream;

/** A request queued for a permit of an upstream. */
public interface PendingRequest {

    /**
     * Grants the permit; called at most once, from any thread.
     *
     * @return false when the request was cancelled, and the permit goes to the next in the queue
     */
    boolean grant();

    /** Returns false once the request was cancelled; it may remain queued for a while. */
    boolean isWaiting();
}
