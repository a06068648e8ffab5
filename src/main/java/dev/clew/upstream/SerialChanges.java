package dev.clew.upstream;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/**
 * Makes changes one after another without a lock, since event loops never wait: a change runs on the thread that asks for
 * it, or, while another runs, on that one's thread right behind it.
 */
final class SerialChanges {

    private static final Logger LOG = Logger.getLogger(SerialChanges.class);

    private final Queue<Runnable> asked = new ConcurrentLinkedQueue<>();
    private final AtomicInteger left = new AtomicInteger();

    /** Runs the change, after those that were asked for before it. */
    void make(Runnable change) {
        asked.add(change);
        if (left.getAndIncrement() == 0) {
            do {
                run(asked.remove());
            } while (left.decrementAndGet() != 0);
        }
    }

    private static void run(Runnable change) {
        try {
            change.run();
        } catch (RuntimeException fault) {
            LOG.error("a change failed", fault);
        }
    }
}
