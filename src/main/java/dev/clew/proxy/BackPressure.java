package dev.clew.proxy;

import dev.clew.proxy.HeldBytes.Direction;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import io.vertx.core.streams.WriteStream;
import java.util.function.Consumer;

/** Back-pressure between a fast sender and a slow receiver. */
final class BackPressure {

    private BackPressure() {}

    /** Pauses the source until the destination has drained, then restarts the attempt's idle timeout. */
    static void hold(ReadStream<Buffer> from, WriteStream<Buffer> to, Direction direction, Attempt attempt) {
        hold(from::pause, from::resume, to::drainHandler, direction, attempt);
    }

    /** @param whenDrained sets the action for when the destination has drained */
    static void hold(
            Runnable pause,
            Runnable resume,
            Consumer<Handler<Void>> whenDrained,
            Direction direction,
            Attempt attempt) {
        pause.run();
        HeldBytes held = attempt.held();
        if (!held.pause(direction)) {
            attempt.failOverloaded();
            return;
        }
        whenDrained.accept(attempt.guarded(drained -> {
            held.resume(direction);
            // After this attempt's end the source belongs to another attempt, or to none.
            if (!attempt.isEnded()) {
                attempt.restartIdleTimeout();
                resume.run();
            }
        }));
    }
}
