package dev.clew.upstream;

import dev.clew.tenant.upstream.Endpoint;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Tags;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What one pool adds to its upstream's meters. Their tags come from the tenant's file alone, so that nobody else can add series. */
final class UpstreamMetrics {

    private record Series(String name, Tags labels) {}

    private static final String CIRCUIT = "clew.upstream.circuit";

    private final SharedMeters meters;
    private final Tags tags;
    private final Map<Series, Counter> counters = new ConcurrentHashMap<>();
    private final List<Runnable> removals = new CopyOnWriteArrayList<>();
    private volatile @Nullable Counter refused;

    UpstreamMetrics(SharedMeters meters, String tenant, String upstream) {
        this.meters = meters;
        this.tags = Tags.of("tenant", tenant, "upstream", upstream);
        meters.use(tags);
    }

    /** What the upstream is asked for now. */
    void gauges(Supplier<Number> requests, Supplier<Number> waiting, Supplier<Number> retries) {
        gauge("clew.upstream.requests.active", "Requests at the upstream now", tags, requests);
        gauge("clew.upstream.requests.pending", "Requests that wait for a place at the upstream", tags, waiting);
        gauge("clew.upstream.retries.active", "Retries under way or about to be", tags, retries);
    }

    void endpoint(Endpoint endpoint, Supplier<Number> known, Supplier<Number> well) {
        Tags labels = tags.and("endpoint", endpoint.host() + ':' + endpoint.port());
        gauge("clew.upstream.addresses", "Addresses of an endpoint", labels, known);
        gauge("clew.upstream.addresses.well", "Addresses of an endpoint that get requests", labels, well);
    }

    private void gauge(String name, String description, Tags labels, Supplier<Number> value) {
        meters.add(name, description, labels, value);
        removals.add(() -> meters.remove(name, labels, value));
    }

    void circuit(Circuit circuit) {
        gauge(
                CIRCUIT,
                "1 for the state of the upstream's circuit, when it is not closed",
                tags.and("state", "open"),
                () -> circuit.isOpen() ? 1 : 0);
        gauge(
                CIRCUIT,
                "1 for the state of the upstream's circuit, when it is not closed",
                tags.and("state", "half-open"),
                () -> circuit.isHalfOpen() ? 1 : 0);
    }

    void circuitBecame(String state) {
        count("clew.upstream.circuit.transitions", "Changes of the circuit to a state", tags.and("state", state));
    }

    /** As often as requests come, and without a lock but for the first. */
    void refusedByCircuit() {
        Counter counter = refused;
        if (counter == null) {
            counter = meters.counter(
                    "clew.upstream.circuit.refused", "Requests refused since the circuit is not closed", tags, tags);
            refused = counter;
        }
        if (counter != null) {
            counter.increment();
        }
    }

    void ejected() {
        count("clew.upstream.ejections", "Times that an address got no requests for a while", tags);
    }

    void refusedRetry() {
        count("clew.upstream.retries.refused", "Retries that the budget did not allow", tags);
    }

    void failedLookup() {
        count("clew.upstream.lookups.failed", "Look-ups of endpoints' names that failed", tags);
    }

    void checked(boolean passed) {
        count("clew.upstream.health.checks", "Health checks", tags.and("result", passed ? "passed" : "failed"));
    }

    /** Without a lock but for the first: event loops would wait for each other. */
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
