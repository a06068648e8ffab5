package dev.clew.upstream;

import dev.clew.tenant.Endpoint;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** The meters of one upstream. Their tags come from the tenant's file alone, so that nobody else can add series. */
final class UpstreamMetrics {

    private final MeterRegistry meters;
    private final Tags tags;
    private final Set<Meter> registered = ConcurrentHashMap.newKeySet();

    UpstreamMetrics(MeterRegistry meters, String tenant, String upstream) {
        this.meters = meters;
        this.tags = Tags.of("tenant", tenant, "upstream", upstream);
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
        keep(Gauge.builder(name, value)
                .description(description)
                .tags(labels)
                .strongReference(true)
                .register(meters));
    }

    private <M extends Meter> M keep(M meter) {
        registered.add(meter);
        return meter;
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

    /** Registered when first needed; the registry gives the same counter to all who ask for it. */
    private void count(String name, String description, Tags labels) {
        keep(Counter.builder(name).description(description).tags(labels).register(meters))
                .increment();
    }

    void remove() {
        registered.forEach(meters::remove);
    }
}
