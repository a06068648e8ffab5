package dev.clew.listener;

import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The most time from the first byte of a request's head to its last: what idle timeouts do not bound, for a client that sends a
 * byte now and then is never silent. Used on the connection's event loop only.
 *
 * <p>To be asked only when all that was read has been decoded: a head that came at once then costs no timer.
 */
final class HeadDeadline {

    private final long millis;
    private @Nullable Future<?> timer;

    /** @param most above zero */
    HeadDeadline(Duration most) {
        this.millis = most.toMillis();
    }

    /** A head has begun and not ended; nothing changes when that is known already. */
    void begin(EventExecutor loop, Runnable late) {
        if (timer == null) {
            timer = loop.schedule(late, millis, TimeUnit.MILLISECONDS);
        }
    }

    /** The head has ended, or will never. */
    void end() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }
}
