package dev.clew.route;

import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/** Repeats a property with random input; a failure's message has the seed that repeats the case. */
final class Seeded {

    private Seeded() {}

    static void check(int cases, Consumer<Random> property) {
        long first = new Random().nextLong();
        for (long seed = first; seed != first + cases; seed++) {
            checkOnly(seed, property);
        }
    }

    /** Repeats a failed case. */
    static void checkOnly(long seed, Consumer<Random> property) {
        try {
            property.accept(new Random(seed));
        } catch (AssertionError | RuntimeException failure) {
            throw new AssertionError("seed " + seed + "L: " + failure.getMessage(), failure);
        }
    }

    static <T> T oneOf(Random random, List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
