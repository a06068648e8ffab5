package dev.clew.upstream;

import static dev.clew.upstream.ExampleTargets.target;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.hash.KeyHash;
import dev.clew.tenant.upstream.Balancing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Properties of consistent hashing, for any keys and addresses. */
class RendezvousTest {

    private static final long SEED = System.nanoTime();
    private static final int KEYS = 2_000;

    private final Random random = new Random(SEED);

    private List<Target> targets(int count) {
        List<Target> targets = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            targets.add(target("10." + random.nextInt(256) + '.' + random.nextInt(256) + '.' + i, 1));
        }
        return targets;
    }

    private static Rendezvous over(List<Target> targets) {
        return new Rendezvous(
                targets.toArray(Target[]::new),
                new Balancing.ClientAddress(),
                Duration.ZERO,
                new RoundRobin(targets.toArray(Target[]::new), new AtomicInteger(), null));
    }

    @Test
    void removingAnAddressMovesOnlyItsKeys() {
        for (int round = 0; round < 20; round++) {
            List<Target> before = targets(2 + random.nextInt(10));
            List<Target> after = new ArrayList<>(before);
            Target gone = after.remove(random.nextInt(after.size()));
            for (int i = 0; i < KEYS; i++) {
                long key = random.nextLong();
                Target was = over(before).choose(key, null);
                Target is = over(after).choose(key, null);
                assertTrue(was == gone || was == is, "seed " + SEED);
                // A retry uses the address that all requests use once the failed one is removed.
                assertSame(over(before).choose(key, gone), is, "seed " + SEED);
            }
        }
    }

    @Test
    void keysAreSpreadByWeight() {
        List<Target> targets = List.of(target("10.0.0.1", 1), target("10.0.0.2", 3));
        Rendezvous rendezvous = over(targets);
        int heavy = 0;
        for (int i = 0; i < 20_000; i++) {
            heavy += rendezvous.choose(KeyHash.of("user-" + i), null) == targets.get(1) ? 1 : 0;
        }
        assertEquals(0.75, heavy / 20_000.0, 0.02);
    }

    @Test
    void shortKeysThatDifferLittleAreSpreadEvenly() {
        List<Target> targets = targets(8);
        Rendezvous rendezvous = over(targets);
        int[] counts = new int[8];
        for (int i = 0; i < 16_000; i++) {
            counts[targets.indexOf(rendezvous.choose(KeyHash.of(Integer.toString(i)), null))]++;
        }
        for (int count : counts) {
            assertEquals(2_000, count, 250, "seed " + SEED);
        }
    }
}
