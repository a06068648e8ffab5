package dev.clew.exchange;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The deadlines of one event loop. A periodic tick scans all of them, because nearly every request ends long before its
 * deadline: setting and cancelling a timer for each would cost more than routing the request.
 *
 * <p>Not thread-safe: each event loop has its own.
 */
public final class Deadlines {

    /** The interval between scans; a deadline expires at most this late. */
    public static final Duration TICK = Duration.ofMillis(100);

    private static final Logger LOG = Logger.getLogger(Deadlines.class);
    private static final int PROLONGED_TICKS = 2;

    private @Nullable Deadline first;

    /** A cancellable deadline. It is itself the list node, so that adding it allocates nothing. */
    public abstract static class Deadline {

        private @Nullable Deadline previous;
        private @Nullable Deadline next;
        private @Nullable Deadlines owner;
        private long atNanos;
        private int looks;

        /** Called at most once, after the deadline was removed. */
        protected abstract void expired();

        /** Called once, after {@link #PROLONGED_TICKS} ticks have found the deadline pending, which is rare. */
        protected void prolonged() {}

        private boolean isDue(long nowNanos) {
            return nowNanos - atNanos >= 0;
        }

        /** Removes the deadline. Idempotent; also allowed if it was never added. */
        protected final void cancel() {
            Deadlines list = owner;
            if (list == null) {
                return;
            }
            if (previous == null) {
                list.first = next;
            } else {
                previous.next = next;
            }
            if (next != null) {
                next.previous = previous;
            }
            previous = null;
            next = null;
            owner = null;
        }
    }

    /**
     * Adds a deadline, or moves one already added.
     *
     * @param atNanos the time of expiry, in {@link System#nanoTime} time
     */
    public void add(Deadline deadline, long atNanos) {
        deadline.atNanos = atNanos;
        if (deadline.owner == this) {
            return;
        }
        deadline.owner = this;
        deadline.next = first;
        if (first != null) {
            first.previous = deadline;
        }
        first = deadline;
    }

    /**
     * Expires the deadlines that are due.
     *
     * @param nowNanos the current {@link System#nanoTime} time
     */
    public void expire(long nowNanos) {
        List<Deadline> due = new ArrayList<>();
        List<Deadline> prolonged = new ArrayList<>();
        for (Deadline deadline = first; deadline != null; deadline = deadline.next) {
            if (deadline.isDue(nowNanos)) {
                due.add(deadline);
            } else if (deadline.looks < PROLONGED_TICKS && ++deadline.looks == PROLONGED_TICKS) {
                prolonged.add(deadline);
            }
        }
        for (Deadline deadline : due) {
            // An earlier deadline's expiry may have cancelled this one or postponed it.
            if (deadline.owner == this && deadline.isDue(nowNanos)) {
                deadline.cancel();
                guarded(deadline::expired);
            }
        }
        for (Deadline deadline : prolonged) {
            if (deadline.owner == this) {
                guarded(deadline::prolonged);
            }
        }
    }

    /** Isolates deadlines from each other's exceptions. */
    private static void guarded(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException fault) {
            LOG.error("a deadline's handler failed", fault);
        }
    }
}
