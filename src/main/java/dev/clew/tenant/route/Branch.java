package dev.clew.tenant.route;

import dev.clew.tenant.upstream.Upstream;

/**
 * One upstream of a route's split. Its identity is also the key for «this route at this upstream».
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
