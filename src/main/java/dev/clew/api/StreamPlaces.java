package dev.clew.api;

import java.util.HashMap;
import java.util.Map;

/** The places for live streams: some in all, and fewer for each token, so that none takes the others'. */
final class StreamPlaces {

    /** Less than half of the connections of the management port, which probes need too. */
    static final int MAX = 24;

    static final int MAX_OF_TOKEN = 8;

    private final Map<String, Integer> taken = new HashMap<>();
    private int all;

    /**
     * Takes a place.
     *
     * @param holder of the token; empty without one
     * @throws ApiFailure if there is none
     */
    synchronized void take(String holder) {
        if (all >= MAX) {
            throw ApiFailure.busy("At most " + MAX + " streams are open at a time.");
        }
        int own = taken.getOrDefault(holder, 0);
        if (!holder.isEmpty() && own >= MAX_OF_TOKEN) {
            throw ApiFailure.busy("At most " + MAX_OF_TOKEN + " streams of one token are open at a time.");
        }
        taken.put(holder, own + 1);
        all++;
    }

    /** Gives a place back. */
    synchronized void free(String holder) {
        all--;
        taken.computeIfPresent(holder, (same, own) -> own == 1 ? null : own - 1);
    }
}
