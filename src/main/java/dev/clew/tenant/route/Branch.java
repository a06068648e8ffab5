package dev.clew.tenant.route;

import dev.clew.tenant.upstream.Upstream;

/**
 * One of the upstreams that a route's requests are split over. By identity it also stands for «this route at this
 * upstream».
 *
 * @param weight its share, relative to the others'; 0 to {@value #MAX_WEIGHT}, as in Gateway API
 */
public record Branch(Upstream upstream, int weight) {

    public static final int MAX_WEIGHT = 1_000_000;

    public Branch {
        if (weight < 0 || weight > MAX_WEIGHT) {
            throw new IllegalArgumentException("weight: " + weight + " (expected: 0 to " + MAX_WEIGHT + ")");
        }
    }
}
