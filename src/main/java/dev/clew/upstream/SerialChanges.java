package dev.clew.upstream;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/**
 * Runs changes one after another without a lock, because event loops must not block: a change runs on the submitting
 * thread or, while another runs, on that one's thread right after it.
 */
final class SerialChanges {

    private static final Logger LOG = Logger.getLogger(SerialChanges.class);

    private final Queue<Runnable> pending = new ConcurrentLinkedQueue<>();
    private final AtomicInteger remaining = new AtomicInteger();

    /** Runs the change after those submitted before it. */
    void make(Runnable change) {
        pending.add(change);
        if (remaining.getAndIncrement() == 0) {
            do {
                run(pending.remove());
            } while (remaining.decrementAndGet() != 0);
        }
    }

    private static void run(Runnable change) {
        try {
            change.run();
        } catch (RuntimeException | Error fault) {
            // Also an error must not keep later changes from running.
            LOG.error("change failed", fault);
        }
    }
}
