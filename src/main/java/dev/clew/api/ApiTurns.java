package dev.clew.api;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Lets few requests be worked on at a time and some wait: each may hold megabytes. Thread-safe. */
final class ApiTurns {

    private final int most;
    private final int mostWaiting;
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private int working;

    ApiTurns(int most, int mostWaiting) {
        this.most = most;
        this.mostWaiting = mostWaiting;
    }

    /**
     * Does the work when it is its turn.
     *
     * @throws ApiFailure if too many wait already
     */
    <T> Future<T> run(Supplier<Future<T>> work) {
        Promise<T> promise = Promise.promise();
        Runnable turn = () -> begin(work).onComplete(done -> {
            next();
            promise.handle(done);
        });
        synchronized (this) {
            if (working == most && waiting.size() == mostWaiting) {
                throw ApiFailure.overloaded();
            }
            if (working == most) {
                waiting.add(turn);
                return promise.future();
            }
            working++;
        }
        turn.run();
        return promise.future();
    }

    private static <T> Future<T> begin(Supplier<Future<T>> work) {
        try {
            return work.get();
        } catch (RuntimeException failed) {
            return Future.failedFuture(failed);
        }
    }

    private void next() {
        @Nullable Runnable turn;
        synchronized (this) {
            turn = waiting.poll();
            if (turn == null) {
                working--;
                return;
            }
        }
        turn.run();
    }
}
