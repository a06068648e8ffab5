package dev.clew.upstream;

/** A request in line for a place at an upstream. */
public interface PendingRequest {

    /**
     * Offers a place; called at most once, from any thread.
     *
     * @return false when it no longer waits, and the place goes to the next in line
     */
    boolean grant();

    /** False once it has given up; it may still stand in line for a while. */
    boolean isWaiting();
}
