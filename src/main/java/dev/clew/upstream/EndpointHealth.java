package dev.clew.upstream;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The health of one address: active checks, outlier ejection and slow start. All but the failure count and reachability
 * change only within {@link SerialChanges} of {@link Targets}.
 */
final class EndpointHealth {

    /** The initial share in slow start; with less, an address would get too few requests to be judged. */
    private static final double MIN_SHARE = 0.1;

    /** Consecutive failed attempts. */
    private final AtomicInteger failures = new AtomicInteger();

    private volatile boolean unhealthy;
    private volatile boolean ejected;
    private int ejections;
    private long returnedNanos;
    private int consecutiveChecks;

    private volatile boolean unreachable;

    private volatile boolean warming;
    private volatile long arrivedNanos;

    /** Counts a failed attempt; returns the number of consecutive ones. */
    int countFailure() {
        return failures.incrementAndGet();
    }

    void succeeded() {
        if (failures.get() != 0) {
            failures.set(0);
        }
    }

    /** Records whether the latest attempt established a connection. */
    void reached(boolean connected) {
        if (unreachable == connected) {
            unreachable = !connected;
        }
    }

    boolean isUnreachable() {
        return unreachable;
    }

    boolean isAvailable() {
        return !unhealthy && !ejected;
    }

    boolean isHealthy() {
        return !unhealthy;
    }

    boolean isEjected() {
        return ejected;
    }

    /**
     * Ejects the address; returns the number of earlier ejections, reset once the address has not been ejected for the
     * longest ejection time.
     */
    int eject(long nowNanos, Duration longest) {
        if (ejections > 0 && nowNanos - returnedNanos > longest.toNanos()) {
            ejections = 0;
        }
        ejected = true;
        return ejections++;
    }

    void restore(long nowNanos) {
        ejected = false;
        returnedNanos = nowNanos;
        failures.set(0);
    }

    /** Records a check's result; returns whether it changes {@link #isHealthy}. */
    boolean checked(boolean passed, int healthyAfter, int unhealthyAfter) {
        if (passed != unhealthy) {
            // Confirms the present state.
            consecutiveChecks = 0;
            return false;
        }
        consecutiveChecks++;
        if (consecutiveChecks < (passed ? healthyAfter : unhealthyAfter)) {
            return false;
        }
        consecutiveChecks = 0;
        unhealthy = !passed;
        return true;
    }

    /** Begins slow start. */
    void warmUp(long nowNanos) {
        arrivedNanos = nowNanos;
        warming = true;
    }

    /** Ends slow start when its time is over; returns whether it is still under way. */
    boolean continueWarmUp(long nowNanos, Duration slowStart) {
        if (warming && nowNanos - arrivedNanos >= slowStart.toNanos()) {
            warming = false;
        }
        return warming;
    }

    /** Returns the fraction of its share that the address gets now, up to 1. */
    double share(long nowNanos, Duration slowStart) {
        if (!warming) {
            return 1;
        }
        double part = (double) (nowNanos - arrivedNanos) / slowStart.toNanos();
        return Math.min(1, Math.max(MIN_SHARE, part));
    }
}
