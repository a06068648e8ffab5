package dev.clew.upstream;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How well an address stands with the gateway. More than the count of failures is changed in {@link SerialChanges} of {@link
 * Targets} only.
 */
final class EndpointHealth {

    /** Even the first moment's share brings some requests, or nothing would be learnt. */
    private static final double LEAST_SHARE = 0.1;

    /** Attempts that failed since one did not. */
    private final AtomicInteger failures = new AtomicInteger();

    private volatile boolean unhealthy;
    private volatile boolean ejected;
    private int ejections;
    private long returnedNanos;
    private int checksInARow;

    private volatile boolean unreachable;

    private volatile boolean warming;
    private volatile long arrivedNanos;

    /** The count with this one. */
    int countFailure() {
        return failures.incrementAndGet();
    }

    void succeeded() {
        if (failures.get() != 0) {
            failures.set(0);
        }
    }

    /** Takes in whether the latest attempt got a connection. */
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

    /** The number of ejections before this one, forgotten when the address did well for as long as they last at most. */
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

    /** Takes in the result of a check; true when it changes whether the address is healthy. */
    boolean checked(boolean passed, int healthyAfter, int unhealthyAfter) {
        if (passed != unhealthy) {
            // What was known already.
            checksInARow = 0;
            return false;
        }
        checksInARow++;
        if (checksInARow < (passed ? healthyAfter : unhealthyAfter)) {
            return false;
        }
        checksInARow = 0;
        unhealthy = !passed;
        return true;
    }

    /** From now on the address gets its share little by little. */
    void warmUp(long nowNanos) {
        arrivedNanos = nowNanos;
        warming = true;
    }

    /** Ends the warm-up when its time is over; returns whether it goes on. To be called now and then. */
    boolean continueWarmUp(long nowNanos, Duration slowStart) {
        if (warming && nowNanos - arrivedNanos >= slowStart.toNanos()) {
            warming = false;
        }
        return warming;
    }

    /** The part of its share that it gets now, up to 1. */
    double share(long nowNanos, Duration slowStart) {
        if (!warming) {
            return 1;
        }
        double part = (double) (nowNanos - arrivedNanos) / slowStart.toNanos();
        return Math.min(1, Math.max(LEAST_SHARE, part));
    }
}
