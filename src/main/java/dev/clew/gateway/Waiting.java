package dev.clew.gateway;

import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Bounded waiting of a thread that may block, and the clock that it uses. */
interface Waiting {

    long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    Waiting SYSTEM = new Waiting() {
        @Override
        public long nanoTime() {
            return System.nanoTime();
        }

        @Override
        public void sleep(long nanos) throws InterruptedException {
            TimeUnit.NANOSECONDS.sleep(nanos);
        }
    };

    long nanoTime();

    void sleep(long nanos) throws InterruptedException;

    /** Waits until the condition is false, which is checked at each step, or the bound is reached. */
    default void whileTrue(BooleanSupplier condition, long boundNanos) throws InterruptedException {
        long until = nanoTime() + boundNanos;
        while (condition.getAsBoolean() && nanoTime() - until < 0) {
            sleep(STEP_NANOS);
        }
    }
}
