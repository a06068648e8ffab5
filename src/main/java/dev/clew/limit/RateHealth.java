package dev.clew.limit;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/** The health of the shared rates: counts every result, and logs each change once. */
@Singleton
public final class RateHealth {

    private static final Logger LOG = Logger.getLogger(SharedRates.class);
    private static final String LOCAL = "meanwhile each replica enforces its own share of a tenant's rate";

    /** The result of a rate check. */
    enum Outcome {
        ADMITTED,
        REFUSED,
        /** Redis did not respond in time. */
        LATE,
        /** Redis returned an error, or was unreachable. */
        FAILED,
        /** The request did not wait, because an earlier check failed. */
        SKIPPED
    }

    private final Map<Outcome, Counter> counters = new EnumMap<>(Outcome.class);
    private final AtomicInteger brokenLinks = new AtomicInteger();
    private final AtomicInteger replicas = new AtomicInteger();
    private final AtomicBoolean missing = new AtomicBoolean();

    RateHealth(MeterRegistry meters) {
        Gauge.builder("clew.shared.rate.replicas", replicas, AtomicInteger::get)
                .description("Replicas last registered in Redis; 0 before the first")
                .register(meters);
        for (Outcome outcome : Outcome.values()) {
            counters.put(
                    outcome,
                    Counter.builder("clew.shared.rate.requests")
                            .description("Requests of tenants with shared rates, by result of the check in Redis")
                            .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
                            .register(meters));
        }
    }

    void count(Outcome outcome) {
        Objects.requireNonNull(counters.get(outcome)).increment();
    }

    /** Records the number of registered replicas. */
    void seen(int count) {
        replicas.set(count);
    }

    /** Counts a request whose tenant shares its rate although Redis is not configured; logs it once. */
    void notConfigured() {
        count(Outcome.SKIPPED);
        if (!missing.get() && missing.compareAndSet(false, true)) {
            LOG.warnf("shared-rate: quarkus.redis.hosts is not set or unreadable; %s", LOCAL);
        }
    }

    /** @param reason contains no part of Redis's response but its error code */
    void broken(String reason) {
        if (brokenLinks.incrementAndGet() == 1) {
            LOG.warnf(
                    "shared-rate: Redis failed (%s); %s. Requests continue; logged once until it recovers",
                    reason, LOCAL);
        }
    }

    void recovered() {
        if (brokenLinks.decrementAndGet() == 0) {
            LOG.info("shared-rate: Redis recovered");
        }
    }
}
