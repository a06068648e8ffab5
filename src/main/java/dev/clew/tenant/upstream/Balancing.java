package dev.clew.tenant.upstream;

import java.time.Duration;
import java.util.List;

/**
 * The load balancing over an upstream's healthy endpoints.
 *
 * @param weights each endpoint's relative share, 1 to 100, in the order of the endpoints; empty for equal shares
 * @param slowStart the time over which a new or recovered endpoint's share grows to its full size; zero for at once
 */
public record Balancing(Policy policy, List<Integer> weights, Duration slowStart) {

    public static final int MAX_WEIGHT = 100;
    public static final Balancing STANDARD = new Balancing(new RoundRobin(), List.of(), Duration.ZERO);

    /** The names of the policies in a tenant's file. */
    public static final List<String> TOKENS = List.of("round-robin", "least-requests", "hash");

    public Balancing {
        weights = List.copyOf(weights);
        for (int weight : weights) {
            if (weight < 1 || weight > MAX_WEIGHT) {
                throw new IllegalArgumentException("weight: " + weight + " (expected: 1 to " + MAX_WEIGHT + ")");
            }
        }
        if (slowStart.isNegative()) {
            throw new IllegalArgumentException("slow-start: " + slowStart + " (expected: zero or more)");
        }
    }

    /** Returns the weight of the endpoint at this index. */
    public int weight(int endpoint) {
        return weights.isEmpty() ? 1 : weights.get(endpoint);
    }

    /** A load-balancing policy. */
    public sealed interface Policy {}

    /** Endpoints in turn. */
    public record RoundRobin() implements Policy {}

    /** Of two endpoints drawn at random, the one with fewer requests in flight. */
    public record LeastRequests() implements Policy {}

    /** The same healthy endpoint for requests with the same key. */
    public record Hash(Key key) implements Policy {}

    /** The hash key of a request; a request without one is balanced in turn. */
    public sealed interface Key {}

    /** @param name the name of a request header field, in any case */
    public record Header(String name) implements Key {}

    /** @param name the name of a cookie */
    public record Cookie(String name) implements Key {}

    /** The client's address, as determined by {@link dev.clew.network.Caller}. */
    public record ClientAddress() implements Key {}
}
