package dev.clew.proxy;

import dev.clew.exchange.RoutedRequest;
import dev.clew.tenant.upstream.Connections;
import dev.clew.tenant.upstream.Timeouts;
import java.time.Duration;

/**
 * The moments by which a request is to have ended, as {@link System#nanoTime} counts; {@link #NEVER} for none.
 *
 * @param attempts all attempts at its upstream, with the waits between
 * @param request the request as a whole: the tenant's own bound, which is no fault of the upstream's
 */
record RequestDeadlines(long attempts, long request) {

    static final long NEVER = Long.MAX_VALUE;

    private static final RequestDeadlines NONE = new RequestDeadlines(NEVER, NEVER);

    /** Of a request whose first attempt is about to begin. */
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

    /** The earlier of the two. */
    long nanos() {
        return earlier(attempts, request);
    }

    boolean isOver() {
        return hasPassed(nanos());
    }

    /** Whether the tenant's bound has passed. */
    boolean isOverdue() {
        return hasPassed(request);
    }

    static boolean hasPassed(long nanos) {
        return nanos != NEVER && System.nanoTime() - nanos >= 0;
    }
}
