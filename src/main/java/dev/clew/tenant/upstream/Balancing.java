package dev.clew.tenant.upstream;

import java.time.Duration;
import java.util.List;

/**
 * How requests are spread over the addresses that are well.
 *
 * @param weights each endpoint's share beside the others', 1 to 100, in the order of the endpoints; empty for equal
 *     shares
 * @param slowStart over how long an address that comes (back) gets its share, little by little; zero for at once
 */
public record Balancing(Policy policy, List<Integer> weights, Duration slowStart) {

    public static final int MAX_WEIGHT = 100;
    public static final Balancing STANDARD = new Balancing(new RoundRobin(), List.of(), Duration.ZERO);

    /** The words for the policies in a tenant's file. */
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

    /** The weight of an endpoint, by its place. */
    public int weight(int endpoint) {
        return weights.isEmpty() ? 1 : weights.get(endpoint);
    }

    /** What decides. */
    public sealed interface Policy {}

    /** One after the other. */
    public record RoundRobin() implements Policy {}

    /** Of two taken at random, the one with fewer requests under way. */
    public record LeastRequests() implements Policy {}

    /** Requests with the same key go to the same address, while it is well. */
    public record Hash(Key key) implements Policy {}

    /** What a request is hashed by; without it, a request takes its turn. */
    public sealed interface Key {}

    /** @param name of a request header field, in any case */
    public record Header(String name) implements Key {}

    /** @param name of a cookie */
    public record Cookie(String name) implements Key {}

    /** The client's address, as {@link dev.clew.network.Caller} has it. */
    public record ClientAddress() implements Key {}
}
