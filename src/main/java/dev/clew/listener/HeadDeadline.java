package dev.clew.listener;

import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The timeout from the first byte of a request head to its last. Idle timeouts do not cover it, as a client that sends
 * a byte now and then is never idle. Confined to the connection's event loop.
 *
 * <p>Checked after everything read has been decoded, so that a head that arrives at once costs no timer.
 */
final class HeadDeadline {

    private final long millis;
    private @Nullable Future<?> timer;

    /** @param most the timeout; above zero */
    HeadDeadline(Duration most) {
        this.millis = most.toMillis();
    }

    /** Starts the timeout of an incomplete head unless it is running. */
    void begin(EventExecutor loop, Runnable late) {
        if (timer == null) {
            timer = loop.schedule(late, millis, TimeUnit.MILLISECONDS);
        }
    }

    /** Cancels the timeout once the head is complete or abandoned. */
    void end() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }
}
