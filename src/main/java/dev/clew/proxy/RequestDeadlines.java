package dev.clew.proxy;

import dev.clew.exchange.RoutedRequest;
import dev.clew.tenant.upstream.Connections;
import dev.clew.tenant.upstream.Timeouts;
import java.time.Duration;

/**
 * The deadlines of a request in {@link System#nanoTime} time; {@link #NEVER} for none.
 *
 * @param attempts the deadline of all attempts at the upstream, with the waits in between
 * @param request the deadline of the request as a whole, set by the tenant's limits; exceeding it is not the upstream's
 *     fault
 */
record RequestDeadlines(long attempts, long request) {

    static final long NEVER = Long.MAX_VALUE;

    private static final RequestDeadlines NONE = new RequestDeadlines(NEVER, NEVER);

    /** Returns the deadlines of a request whose first attempt is about to begin. */
    static RequestDeadlines of(RoutedRequest request, Connections connections) {
        Duration atMost = request.tenant().tenant().limits().requestDuration();
        long attempts = after(System.nanoTime(), connections.timeouts().request());
        long whole = after(request.exchange().startNanos(), atMost);
        return attempts == NEVER && whole == NEVER ? NONE : new RequestDeadlines(attempts, whole);
    }

    static long after(long startNanos, Duration atMost) {
        return atMost.equals(Timeouts.UNBOUNDED) ? NEVER : startNanos + atMost.toNanos();
    }

    static long earlier(long one, long other) {
        if (one == NEVER || other == NEVER) {
            return one == NEVER ? other : one;
        }
        return one - other < 0 ? one : other;
    }

    /** Returns the earlier of the two deadlines. */
    long nanos() {
        return earlier(attempts, request);
    }

    boolean isOver() {
        return hasPassed(nanos());
    }

    /** Returns whether the tenant's deadline has passed. */
    boolean isOverdue() {
        return hasPassed(request);
    }

    static boolean hasPassed(long nanos) {
        return nanos != NEVER && System.nanoTime() - nanos >= 0;
    }
}
