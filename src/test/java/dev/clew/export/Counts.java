package dev.clew.export;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/** Waits for what happens on a destination's thread. */
final class Counts {

    private Counts() {}

    /** Waits until the counts fulfil the condition, and fails the test when they do not. */
    static void await(Destination destination, Predicate<ExportCounts> condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.test(destination.counts())) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("still " + destination.counts());
            }
            LockSupport.parkNanos(1_000_000);
        }
    }
}
