package dev.clew.testing;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Waits for events of other processes or beyond sockets, which cannot notify the test. */
public final class Await {

    /** A generous timeout, reached only by a failing test. */
    public static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private Await() {}

    public static <T> T notNull(String what, Supplier<@Nullable T> probe) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        for (T found = probe.get(); ; found = probe.get()) {
            if (found != null) {
                return found;
            }
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("no " + what + " within " + PATIENCE);
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    /** Returns a future's result; throws its failure, in a {@link java.util.concurrent.CompletionException}. */
    public static <T> T ended(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join();
    }

    public static void until(String what, BooleanSupplier condition) {
        notNull(what, () -> condition.getAsBoolean() ? Boolean.TRUE : null);
    }
}
