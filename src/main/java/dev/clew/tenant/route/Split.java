package dev.clew.tenant.route;

import dev.clew.hash.KeyHash;
import dev.clew.route.RequestFacts;
import dev.clew.tenant.upstream.Upstream;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The upstreams of a route, each with its share of the requests.
 *
 * <p>Sticky requests are assigned by {@linkplain KeyHash weighted rendezvous hashing}: it needs no state, all gateways
 * agree, and a changed weight moves as few requests as possible.
 */
public final class Split {

    public static final int MAX_BRANCHES = 16;

    private final List<Branch> branches;
    private final Stickiness stickiness;
    private final int total;
    private final long[] nameHashes;

    /**
     * Creates a split.
     *
     * @param branches 1 to {@value #MAX_BRANCHES}, no upstream twice, not all of weight 0
     * @throws IllegalArgumentException as {@code split: … (expected: …)}
     */
    public Split(List<Branch> branches, Stickiness stickiness) {
        this.branches = List.copyOf(branches);
        this.stickiness = stickiness;
        this.total = branches.stream().mapToInt(Branch::weight).sum();
        this.nameHashes = branches.stream()
                .mapToLong(branch -> KeyHash.of(branch.upstream().name()))
                .toArray();
        Set<String> names = new HashSet<>();
        branches.forEach(branch -> names.add(branch.upstream().name()));
        if (total == 0 || branches.size() > MAX_BRANCHES || names.size() < branches.size()) {
            throw new IllegalArgumentException("split: over " + names + " (expected: 1 to " + MAX_BRANCHES
                    + " upstreams, each once, and not all of weight 0)");
        }
    }

    /** Returns a split that sends all requests to one upstream. */
    public static Split only(Upstream upstream) {
        return new Split(List.of(new Branch(upstream, 1)), Stickiness.NONE);
    }

    public List<Branch> branches() {
        return branches;
    }

    /** Chooses the branch of a request. */
    public Branch choose(RequestFacts request, RandomGenerator random) {
        if (branches.size() == 1) {
            return branches.get(0);
        }
        String key = stickiness.key(request);
        return key == null ? dealt(random.nextInt(total)) : highest(key);
    }

    private Branch dealt(int number) {
        int i = 0;
        int rest = number;
        while (rest >= branches.get(i).weight()) {
            rest -= branches.get(i).weight();
            i++;
        }
        return branches.get(i);
    }

    private Branch highest(String key) {
        long keyHash = KeyHash.of(key);
        Branch highest = branches.get(0);
        double highestScore = -1;
        for (int i = 0; i < branches.size(); i++) {
            Branch branch = branches.get(i);
            double score = KeyHash.score(branch.weight(), keyHash, nameHashes[i]);
            if (score > highestScore) {
                highest = branch;
                highestScore = score;
            }
        }
        return highest;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Split split && branches.equals(split.branches) && stickiness.equals(split.stickiness);
    }

    @Override
    public int hashCode() {
        return branches.hashCode();
    }
}
