package dev.clew.upstream;

import dev.clew.tenant.upstream.CircuitBreaker;
import dev.clew.tenant.upstream.CircuitBreaker.FailureRatio;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** One state of a {@link Circuit} and its counters; a state that was left is never entered again. */
sealed interface CircuitState {

    /** Admits all attempts and counts failures. */
    final class Closed implements CircuitState, Circuit.Pass {

        private final CircuitBreaker settings;
        private final BooleanSupplier noAddressConnects;
        private final LongSupplier nanoTime;
        private final AtomicInteger unreachable = new AtomicInteger();
        private final AtomicInteger failures = new AtomicInteger();
        private final @Nullable FailureWindow window;

        Closed(CircuitBreaker settings, BooleanSupplier noAddressConnects, LongSupplier nanoTime) {
            this.settings = settings;
            this.noAddressConnects = noAddressConnects;
            this.nanoTime = nanoTime;
            FailureRatio ratio = settings.failureRatio();
            this.window = ratio.share() > 0 ? new FailureWindow(ratio.window()) : null;
        }

        @Override
        public boolean isProbe() {
            return false;
        }

        /** Counts the end of an attempt; returns the cause for opening the circuit, or null. */
        Circuit.@Nullable Cause count(AttemptResult result) {
            return switch (result) {
                case UNKNOWN -> null;
                case SUCCEEDED -> {
                    reset(unreachable);
                    reset(failures);
                    yield addToWindow(false);
                }
                case FAILED -> {
                    reset(unreachable);
                    yield countFailure();
                }
                case UNREACHABLE ->
                    isReached(settings.connectFailures(), unreachable.incrementAndGet())
                                    && noAddressConnects.getAsBoolean()
                            ? Circuit.Cause.UNREACHABLE
                            : countFailure();
            };
        }

        private Circuit.@Nullable Cause countFailure() {
            return isReached(settings.consecutiveFailures(), failures.incrementAndGet())
                    ? Circuit.Cause.CONSECUTIVE_FAILURES
                    : addToWindow(true);
        }

        private Circuit.@Nullable Cause addToWindow(boolean failed) {
            if (window == null) {
                return null;
            }
            long now = nanoTime.getAsLong();
            window.add(failed, now);
            return failed && settings.failureRatio().isReached(window.failed(now), window.all(now))
                    ? Circuit.Cause.FAILURE_RATIO
                    : null;
        }

        private static boolean isReached(int bound, int count) {
            return bound > 0 && count >= bound;
        }

        /** Avoids the write in the usual case, so that event loops share the cache line. */
        private static void reset(AtomicInteger count) {
            if (count.get() != 0) {
                count.set(0);
            }
        }
    }

    /**
     * Rejects all attempts.
     *
     * @param untilNanos the time from which probes are admitted
     * @param unreachable whether no address accepts connections
     */
    record Open(long untilNanos, boolean unreachable) implements CircuitState {

        boolean isOver(long nowNanos) {
            return nowNanos - untilNanos >= 0;
        }
    }

    /** Admits a limited number of probes, which close or reopen the circuit. */
    final class HalfOpen implements CircuitState, Circuit.Pass {

        private final CircuitBreaker settings;
        private final long beganNanos;
        private final boolean unreachable;
        private final AtomicInteger admitted = new AtomicInteger();
        private final AtomicInteger successes = new AtomicInteger();

        HalfOpen(CircuitBreaker settings, long beganNanos, boolean unreachable) {
            this.settings = settings;
            this.beganNanos = beganNanos;
            this.unreachable = unreachable;
        }

        @Override
        public boolean isProbe() {
            return true;
        }

        boolean isUnreachable() {
            return unreachable;
        }

        boolean isFull(long nowNanos) {
            return admitted.get() >= places(nowNanos);
        }

        boolean tryAdmit(long nowNanos) {
            long places = places(nowNanos);
            int before = admitted.get();
            while (before < places) {
                if (admitted.compareAndSet(before, before + 1)) {
                    return true;
                }
                before = admitted.get();
            }
            return false;
        }

        /** Grows by one quota for each further open period, so that slow probes do not block others. */
        private long places(long nowNanos) {
            return settings.halfOpenRequests()
                    * (1 + (nowNanos - beganNanos) / settings.openFor().toNanos());
        }

        /** Releases the place of a probe that ended without a result. */
        void returnPermit() {
            admitted.decrementAndGet();
        }

        /** Counts a successful probe; returns true when there are enough to close the circuit. */
        boolean countSuccess() {
            return successes.incrementAndGet() >= settings.halfOpenRequests();
        }
    }
}
