package dev.clew.gateway;

import dev.clew.log.LogHandlers;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.HttpServerStart;
import io.quarkus.vertx.http.HttpsServerStart;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Singleton;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Queues log lines while the gateway serves. Lines are written directly during startup, so that a failed start logs its
 * reason before the process ends, and after shutdown.
 */
@Singleton
public class LogQueue {

    private static final long MIN_BYTES = 64 << 10;
    private static final long DRAIN_NANOS = TimeUnit.SECONDS.toNanos(1);
    /** The time for listeners and event loops to stop, which usually need none. */
    private static final long HALT_NANOS = TimeUnit.SECONDS.toNanos(3);
    /** After all observers that may log. */
    private static final int LAST = Integer.MAX_VALUE;

    private final LogHandlers handlers;

    LogQueue(MeterRegistry meters, @ConfigProperty(name = "clew.log.queue", defaultValue = "2M") MemorySize maxBytes) {
        if (maxBytes.asLongValue() < MIN_BYTES) {
            throw new IllegalArgumentException(
                    "clew.log.queue: " + maxBytes.asLongValue() + " bytes (expected: 64K or more)");
        }
        this.handlers = new LogHandlers(maxBytes.asLongValue());
        FunctionCounter.builder("clew.log.lines.lost", handlers, LogHandlers::lost)
                .description("Log lines dropped because the queue was full")
                .register(meters);
    }

    long lost() {
        return handlers.lost();
    }

    void onStart(@ObservesAsync HttpServerStart started) {
        handlers.queue();
    }

    void onStart(@ObservesAsync HttpsServerStart started) {
        handlers.queue();
    }

    void onStop(@Observes @Priority(LAST) ShutdownEvent event) {
        if (!handlers.drain(System.nanoTime() + DRAIN_NANOS) && LaunchMode.current() == LaunchMode.NORMAL) {
            Thread halt = new Thread(LogQueue::halt, "clew-halt");
            halt.setDaemon(true);
            halt.start();
        }
    }

    /**
     * Ends the process after all else has stopped: Quarkus would close and flush blocked handlers, which may never
     * return.
     */
    private static void halt() {
        LockSupport.parkNanos(HALT_NANOS);
        Runtime.getRuntime().halt(TerminationSignal.STATUS);
    }
}
