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
 * Has the log's lines wait in a queue while the gateway serves. Not while it starts, so that a start that fails says
 * why before the process ends, and not when it has stopped.
 */
@Singleton
public class LogQueue {

    private static final long LEAST_BYTES = 64 << 10;
    private static final long DRAIN_NANOS = TimeUnit.SECONDS.toNanos(1);
    /** For the listeners and event loops, which need none of it as a rule. */
    private static final long HALT_NANOS = TimeUnit.SECONDS.toNanos(3);
    /** 128 and SIGTERM, as every process that was told to end. */
    private static final int TERMINATED = 143;
    /** Behind all that has something to say of the end. */
    private static final int LAST = Integer.MAX_VALUE;

    private final LogHandlers handlers;

    LogQueue(MeterRegistry meters, @ConfigProperty(name = "clew.log.queue", defaultValue = "2M") MemorySize mostBytes) {
        if (mostBytes.asLongValue() < LEAST_BYTES) {
            throw new IllegalArgumentException(
                    "clew.log.queue: " + mostBytes.asLongValue() + " bytes (expected: 64K or more)");
        }
        this.handlers = new LogHandlers(mostBytes.asLongValue());
        FunctionCounter.builder("clew.log.lines.lost", handlers, LogHandlers::lost)
                .description("Lines of the log that were not written, because they were not read as fast as they came")
                .register(meters);
    }

    long lost() {
        return handlers.lost();
    }

    void serves(@ObservesAsync HttpServerStart started) {
        handlers.queue();
    }

    void serves(@ObservesAsync HttpsServerStart started) {
        handlers.queue();
    }

    void stops(@Observes @Priority(LAST) ShutdownEvent event) {
        if (!handlers.drain(System.nanoTime() + DRAIN_NANOS) && LaunchMode.current() == LaunchMode.NORMAL) {
            Thread halt = new Thread(LogQueue::halt, "clew-halt");
            halt.setDaemon(true);
            halt.start();
        }
    }

    /** Quarkus closes and flushes what is stuck, and would wait for it without end. All else has ended before. */
    private static void halt() {
        LockSupport.parkNanos(HALT_NANOS);
        Runtime.getRuntime().halt(TERMINATED);
    }
}
