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

/** How the shared rates are doing: counted always, said once. */
@Singleton
public final class RateHealth {

    private static final Logger LOG = Logger.getLogger(SharedRates.class);
    private static final String LOCAL = "meanwhile each replica keeps to its share of a tenant's rate by itself";

    /** What became of a request that was to ask. */
    enum Outcome {
        ADMITTED,
        REFUSED,
        /** Redis had not answered in time. */
        LATE,
        /** It answered with an error, or could not be reached. */
        FAILED,
        /** It was not waited for, because it did not answer before. */
        SKIPPED
    }

    private final Map<Outcome, Counter> counters = new EnumMap<>(Outcome.class);
    private final AtomicInteger brokenLinks = new AtomicInteger();
    private final AtomicInteger replicas = new AtomicInteger();
    private final AtomicBoolean missing = new AtomicBoolean();

    RateHealth(MeterRegistry meters) {
        Gauge.builder("clew.shared.rate.replicas", replicas, AtomicInteger::get)
                .description("Replicas that were seen in Redis last; 0 before any was")
                .register(meters);
        for (Outcome outcome : Outcome.values()) {
            counters.put(
                    outcome,
                    Counter.builder("clew.shared.rate.requests")
                            .description("Requests of tenants that share their rate over replicas, by what Redis said")
                            .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
                            .register(meters));
        }
    }

    void count(Outcome outcome) {
        Objects.requireNonNull(counters.get(outcome)).increment();
    }

    /** So many replicas have made themselves known. */
    void seen(int count) {
        replicas.set(count);
    }

    /** Counts a request of a tenant that wants what the operator has not set up, and says so once. */
    void notConfigured() {
        count(Outcome.SKIPPED);
        if (!missing.get() && missing.compareAndSet(false, true)) {
            LOG.warnf("shared-rate: quarkus.redis.hosts is not set, or cannot be read; %s", LOCAL);
        }
    }

    /** @param reason holds nothing of what Redis said but its error code */
    void broken(String reason) {
        if (brokenLinks.incrementAndGet() == 1) {
            LOG.warnf(
                    "shared-rate: Redis is of no help (%s); %s. Requests go on, and this is said once until it answers again",
                    reason, LOCAL);
        }
    }

    void recovered() {
        if (brokenLinks.decrementAndGet() == 0) {
            LOG.info("shared-rate: Redis answers again");
        }
    }
}
