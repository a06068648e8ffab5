package dev.clew.observe;

import dev.clew.error.ErrorKind;
import dev.clew.error.GatewayError;
import dev.clew.exchange.AttemptRecord;
import dev.clew.exchange.Exchange;
import dev.clew.journal.SlowestOfMinute;
import dev.clew.journal.Worth;
import dev.clew.tenant.tracing.Keep;
import dev.clew.trace.context.TraceResponse;
import java.util.Arrays;

/**
 * The choice of a route's requests that the journal keeps with their circumstances. Bounded per second, since a flood
 * of failures or rejections must cost little. Fields are shared by the event loops without a lock: what a race loses is
 * one more request kept, or one less.
 */
final class Kept {

    /** The bound per route and worth, far more than a person reads, and than the journal holds of an hour. */
    private static final int MOST_PER_SECOND = 50;

    private static final long SECOND = 1_000_000_000L;
    private static final int WORTHS = Worth.values().length;

    private final SlowestOfMinute slowest = new SlowestOfMinute();
    private final int[] kept = new int[WORTHS];
    private long second;

    /** @param slowest whether it is the slowest of its route and minute so far */
    record Decision(Worth worth, boolean withCircumstances, boolean slowest) {

        static final Decision ORDINARY = new Decision(Worth.ORDINARY, false, false);
        static final Decision SLOWEST = new Decision(Worth.SLOW, true, true);

        Decision withoutCircumstances() {
            if (slowest) {
                return ORDINARY;
            }
            return withCircumstances ? new Decision(worth, false, false) : this;
        }
    }

    Decision decide(Exchange exchange, RequestOutcome outcome, Keep keep, long endEpochNanos) {
        long duration = outcome.nanos() - exchange.startNanos();
        boolean longest = slowest.record(endEpochNanos, duration);
        Worth worth = worth(exchange, outcome, keep, duration);
        if (worth == Worth.ORDINARY) {
            return longest ? Decision.SLOWEST : Decision.ORDINARY;
        }
        return new Decision(worth, mayKeep(worth, endEpochNanos / SECOND), false);
    }

    private static Worth worth(Exchange exchange, RequestOutcome outcome, Keep keep, long duration) {
        if (isRejected(exchange)) {
            return Worth.REJECTED;
        }
        if (outcome.failed()) {
            return Worth.FAILED;
        }
        if (isBroken(exchange)) {
            return Worth.BROKEN_TRACE;
        }
        if (exchange.attempts().size() > 1) {
            return Worth.RETRIED;
        }
        if (exchange.isForced()) {
            return Worth.FORCED;
        }
        return duration > keep.slowerThanNanos() ? Worth.SLOW : Worth.ORDINARY;
    }

    /** Returns whether the gateway rejected the request for a fault of the client, such as too high a rate. */
    private static boolean isRejected(Exchange exchange) {
        GatewayError failure = exchange.failure();
        return failure != null
                && exchange.attempts().isEmpty()
                && failure.kind().fault() == ErrorKind.Fault.CLIENT
                && failure.kind() != ErrorKind.CLIENT_GONE;
    }

    private static boolean isBroken(Exchange exchange) {
        for (int i = 0; i < exchange.attempts().size(); i++) {
            AttemptRecord attempt = exchange.attempts().get(i);
            if (attempt.traceResponse() == TraceResponse.CONTRADICTED) {
                return true;
            }
        }
        return false;
    }

    private boolean mayKeep(Worth worth, long now) {
        if (now != second) {
            second = now;
            Arrays.fill(kept, 0);
        }
        return kept[worth.ordinal()]++ < MOST_PER_SECOND;
    }
}
