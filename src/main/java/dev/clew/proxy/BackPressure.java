package dev.clew.proxy;

import dev.clew.proxy.HeldBytes.Direction;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import io.vertx.core.streams.WriteStream;

/** What is done where bytes come faster than they can be passed on. */
final class BackPressure {

    private BackPressure() {}

    /** Reads nothing more until what was written is on its way; only then does the attempt's time run again. */
    static void hold(ReadStream<Buffer> from, WriteStream<Buffer> to, Direction direction, Attempt attempt) {
        from.pause();
        HeldBytes held = attempt.held();
        if (!held.pause(direction)) {
            attempt.failOverloaded();
            return;
        }
        to.drainHandler(attempt.guarded(drained -> {
            held.resume(direction);
            // Of an attempt that has ended, another one may be reading in its place, or nobody.
            if (!attempt.isEnded()) {
                attempt.restartIdleTimeout();
                from.resume();
            }
        }));
    }
}
