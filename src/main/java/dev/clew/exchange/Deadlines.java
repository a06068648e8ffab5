package dev.clew.exchange;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * What one event loop is waiting for. A tick looks at all of it, since nearly every request ends long before its
 * deadline: a timer set and cancelled for each would cost more than the request's routing.
 *
 * <p>Not thread-safe: each event loop has its own.
 */
public final class Deadlines {

    /** How late a deadline may be noticed. */
    public static final Duration TICK = Duration.ofMillis(100);

    private static final Logger LOG = Logger.getLogger(Deadlines.class);
    private static final int LASTING = 2;

    private @Nullable Deadline first;

    /** Something that ends by itself when its time comes; a link of the list, so that waiting allocates nothing. */
    public abstract static class Deadline {

        private @Nullable Deadline previous;
        private @Nullable Deadline next;
        private @Nullable Deadlines owner;
        private long atNanos;
        private int looks;

        /** Called at most once, with the deadline already removed. */
        protected abstract void expired();

        /** Called once, when it has been waited for {@link #LASTING} ticks in all, as few requests last so long. */
        protected void lasts() {}

        private boolean isDue(long nowNanos) {
            return nowNanos - atNanos >= 0;
        }

        /** May be called again, and when never added. */
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

    /** Begins to watch; a deadline already watched is only moved. */
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

    /** Ends whatever is due. */
    public void expire(long nowNanos) {
        List<Deadline> due = new ArrayList<>();
        List<Deadline> lasting = new ArrayList<>();
        for (Deadline deadline = first; deadline != null; deadline = deadline.next) {
            if (deadline.isDue(nowNanos)) {
                due.add(deadline);
            } else if (deadline.looks < LASTING && ++deadline.looks == LASTING) {
                lasting.add(deadline);
            }
        }
        for (Deadline deadline : due) {
            // One that ended before it may have ended this one, or given it more time.
            if (deadline.owner == this && deadline.isDue(nowNanos)) {
                deadline.cancel();
                guarded(deadline::expired);
            }
        }
        for (Deadline deadline : lasting) {
            if (deadline.owner == this) {
                guarded(deadline::lasts);
            }
        }
    }

    /** One that fails must not take the others' time. */
    private static void guarded(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException fault) {
            LOG.error("something that takes long could not be ended or counted", fault);
        }
    }
}
