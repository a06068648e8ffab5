package dev.clew.export;

import dev.clew.export.queue.ExportCounts;
import java.time.Duration;
import java.util.function.Predicate;

/** Waits for counters that a destination's thread updates. */
final class Counts {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private Counts() {}

    /** Waits until the counts fulfil the condition; fails the test on timeout. */
    static void await(Destination<?> destination, Predicate<ExportCounts> condition) {
        try {
            if (!destination.counters().awaitSettled(() -> condition.test(destination.counts()), PATIENCE)) {
                throw new AssertionError("still " + destination.counts());
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Returns the error of the last failed export. */
    static String lastError(Destination<?> destination) {
        ExportCounts.Failure failure = destination.counts().lastFailure();
        return failure == null ? "none" : failure.error();
    }
}
