package dev.clew.upstream;

import dev.clew.export.sdk.InternalSpans;
import dev.clew.tenant.upstream.Endpoint;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Tags;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One pool's contribution to its upstream's meters. Tag values originate in the tenant's file only, so that clients
 * cannot add series.
 */
final class UpstreamMetrics {

    private record Series(String name, Tags labels) {}

    private static final String CIRCUIT = "clew.upstream.circuit";

    private final SharedMeters meters;
    private final String tenant;
    private final String upstream;
    private final Tags tags;
    private final Map<Series, Counter> counters = new ConcurrentHashMap<>();
    private final List<Runnable> removals = new CopyOnWriteArrayList<>();
    private volatile @Nullable Counter rejected;

    UpstreamMetrics(SharedMeters meters, String tenant, String upstream) {
        this.meters = meters;
        this.tenant = tenant;
        this.upstream = upstream;
        this.tags = Tags.of("tenant", tenant, "upstream", upstream);
        meters.use(tags);
    }

    /** Registers the gauges of the upstream's load. */
    void gauges(Supplier<Number> requests, Supplier<Number> waiting, Supplier<Number> retries) {
        gauge("clew.upstream.requests.active", "Active requests at the upstream", tags, requests);
        gauge("clew.upstream.requests.pending", "Requests queued for the upstream", tags, waiting);
        gauge("clew.upstream.retries.active", "Retries under way or in back-off", tags, retries);
    }

    void endpoint(Endpoint endpoint, Supplier<Number> known, Supplier<Number> available) {
        Tags labels = tags.and("endpoint", endpoint.host() + ':' + endpoint.port());
        gauge("clew.upstream.addresses", "Addresses of an endpoint", labels, known);
        gauge("clew.upstream.addresses.well", "Addresses of an endpoint that are balanced over", labels, available);
    }

    private void gauge(String name, String description, Tags labels, Supplier<Number> value) {
        meters.add(name, description, labels, value);
        removals.add(() -> meters.remove(name, labels, value));
    }

    void circuit(Circuit circuit) {
        gauge(
                CIRCUIT,
                "1 for the state of the upstream's circuit breaker, unless it is closed",
                tags.and("state", "open"),
                () -> circuit.isOpen() ? 1 : 0);
        gauge(
                CIRCUIT,
                "1 for the state of the upstream's circuit breaker, unless it is closed",
                tags.and("state", "half-open"),
                () -> circuit.isHalfOpen() ? 1 : 0);
    }

    void circuitBecame(String state) {
        count(
                "clew.upstream.circuit.transitions",
                "State changes of the circuit breaker, by new state",
                tags.and("state", state));
    }

    /** Counts a rejection. Called for each such request; takes a lock on the first call only. */
    void rejectedByCircuit() {
        Counter counter = rejected;
        if (counter == null) {
            counter = meters.counter(
                    "clew.upstream.circuit.refused", "Requests rejected by the circuit breaker", tags, tags);
            rejected = counter;
        }
        if (counter != null) {
            counter.increment();
        }
    }

    void ejected() {
        count("clew.upstream.ejections", "Outlier ejections", tags);
    }

    void rejectedRetry() {
        count("clew.upstream.retries.refused", "Retries rejected by the retry budget", tags);
    }

    void failedLookup() {
        count("clew.upstream.lookups.failed", "Failed DNS lookups of endpoints' host names", tags);
    }

    void checked(boolean passed) {
        count("clew.upstream.health.checks", "Health checks", tags.and("result", passed ? "passed" : "failed"));
    }

    /** Traces a failed health check. */
    void checkFailed(String host, int port, long nanos) {
        Span span = meters.spans()
                .background("health check", SpanKind.CLIENT, nanos)
                .setAttribute("clew.upstream", upstream)
                .setAttribute("tenant.id", tenant)
                .setAttribute("server.address", host)
                .setAttribute("server.port", (long) port);
        InternalSpans.end(span, "health-check-failed");
    }

    /** Takes a lock on the first call only, so that event loops do not block one another. */
    private void count(String name, String description, Tags labels) {
        Series series = new Series(name, labels);
        Counter counter = counters.get(series);
        if (counter == null) {
            counter = meters.counter(name, description, tags, labels);
            if (counter == null) {
                return;
            }
            counters.put(series, counter);
        }
        counter.increment();
    }

    void remove() {
        removals.forEach(Runnable::run);
        removals.clear();
        meters.release(tags);
    }
}
