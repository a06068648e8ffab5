package dev.clew.export.metrics;

import dev.clew.export.Destination;
import dev.clew.export.queue.MetricsCollection;
import dev.clew.export.queue.SpanOrigin;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;

/**
 * Offers the values of all meters to their destination at an interval, on a thread of its own. At most one collection
 * is in memory: while one is being sent, the next is not even read, and counts as dropped.
 */
public final class MetricsExport {

    private static final Logger LOG = Logger.getLogger(MetricsExport.class);

    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final Destination<MetricsCollection> destination;
    private final MeterData meters;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "clew-metrics");

    private MetricsExport(Destination<MetricsCollection> destination, MeterRegistry registry, SpanOrigin origin) {
        this.destination = destination;
        this.meters = new MeterData(registry, origin, now());
        thread.setDaemon(true);
    }

    /**
     * Starts the thread.
     *
     * @param origin the origin of the gateway's spans, which is the metrics' too
     */
    public static MetricsExport start(
            Destination<MetricsCollection> destination, MeterRegistry registry, SpanOrigin origin) {
        MetricsExport export = new MetricsExport(destination, registry, origin);
        export.thread.start();
        return export;
    }

    private static long now() {
        return TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
    }

    private void run() {
        try {
            while (!closed.await(interval().toNanos(), TimeUnit.NANOSECONDS)) {
                collect();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Read each time, since destinations change while running. */
    private Duration interval() {
        return destination.settings().queue().delay();
    }

    private void collect() {
        if (destination.isFull()) {
            destination.offerInVain();
            return;
        }
        try {
            destination.offer(meters.at(now()));
        } catch (RuntimeException | Error e) {
            // A gauge's function may throw anything, and must not end the thread.
            LOG.error("metrics could not be read", e);
        }
    }

    /** Offers the last values and ends the thread. */
    public void close(Duration bound) {
        closed.countDown();
        try {
            thread.join(Math.max(1, bound.toMillis()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        awaitRoom(bound);
        collect();
    }

    /** Waits until the collection on its way, if any, has left. */
    private void awaitRoom(Duration bound) {
        long end = System.nanoTime() + bound.toNanos();
        while (destination.isFull() && System.nanoTime() - end < 0) {
            LockSupport.parkNanos(POLL_NANOS);
        }
    }
}
