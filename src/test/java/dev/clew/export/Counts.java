package dev.clew.export;

import java.time.Duration;
import java.util.function.Predicate;

/** Waits for what happens on a destination's thread. */
final class Counts {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private Counts() {}

    /** Waits until the counts fulfil the condition, and fails the test when they do not. */
    static void await(Destination destination, Predicate<ExportCounts> condition) {
        try {
            if (!destination.queue().awaitSettled(() -> condition.test(destination.counts()), PATIENCE)) {
                throw new AssertionError("still " + destination.counts());
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
