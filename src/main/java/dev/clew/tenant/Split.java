package dev.clew.tenant;

import dev.clew.route.RequestFacts;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The upstreams of a route, each with its share of the requests.
 *
 * <p>Requests that stick together are dealt out by weighted rendezvous hashing (Thaler and Ravishankar 1998; Schindelhauer
 * and Schomaker 2005 for the weights): every upstream scores a request's key, the highest score wins. So nothing need be
 * remembered, all gateways agree, and a changed weight moves no more requests than it has to.
 */
public final class Split {

    public static final int MAX_BRANCHES = 16;

    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private final List<Branch> branches;
    private final Stickiness stickiness;
    private final int total;
    private final long[] nameHashes;

    /**
     * Prepares the choice.
     *
     * @param branches 1 to {@value #MAX_BRANCHES}, no upstream twice, and not all of weight 0
     * @throws IllegalArgumentException as {@code split: … (expected: …)}
     */
    public Split(List<Branch> branches, Stickiness stickiness) {
        this.branches = List.copyOf(branches);
        this.stickiness = stickiness;
        this.total = branches.stream().mapToInt(Branch::weight).sum();
        this.nameHashes = branches.stream()
                .mapToLong(branch -> hash(branch.upstream().name()))
                .toArray();
        Set<String> names = new HashSet<>();
        branches.forEach(branch -> names.add(branch.upstream().name()));
        if (total == 0 || branches.size() > MAX_BRANCHES || names.size() < branches.size()) {
            throw new IllegalArgumentException("split: over " + names + " (expected: 1 to " + MAX_BRANCHES
                    + " upstreams, each once, and not all of weight 0)");
        }
    }

    /** All requests to one upstream. */
    public static Split only(Upstream upstream) {
        return new Split(List.of(new Branch(upstream, 1)), Stickiness.NONE);
    }

    public List<Branch> branches() {
        return branches;
    }

    /** Where a request goes. */
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
        long keyHash = hash(key);
        Branch highest = branches.get(0);
        double highestScore = -1;
        for (int i = 0; i < branches.size(); i++) {
            Branch branch = branches.get(i);
            double score = branch.weight() / -Math.log(fraction(mixed(keyHash ^ nameHashes[i])));
            if (score > highestScore) {
                highest = branch;
                highestScore = score;
            }
        }
        return highest;
    }

    /** Between 0 and 1, neither included. */
    private static double fraction(long hash) {
        return ((hash >>> 12) + 0.5) * 0x1p-52;
    }

    /** FNV-1a, which leaves the high bits of short texts alike, hence mixed. */
    private static long hash(String text) {
        long hash = FNV_OFFSET;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * FNV_PRIME;
        }
        return mixed(hash);
    }

    /** MurmurHash3's finaliser. */
    private static long mixed(long hash) {
        long mixed = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return mixed ^ (mixed >>> 33);
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
