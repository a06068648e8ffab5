package dev.clew.observe;

import dev.clew.trace.context.TraceResponse;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** Counts an upstream's responses by what they prove about the trace sent to it. Counters register on first use. */
final class TraceResponseCounters {

    static final String NAME = "clew.upstream.trace.answers";
    static final String TENANT = "tenant";
    static final String UPSTREAM = "upstream";
    static final String OUTCOME = "outcome";

    private final MeterRegistry meters;
    private final Tags tags;
    private final AtomicReferenceArray<@Nullable Counter> counters =
            new AtomicReferenceArray<>(TraceResponse.values().length);

    TraceResponseCounters(MeterRegistry meters, String tenant, String upstream) {
        this.meters = meters;
        this.tags = Tags.of(TENANT, tenant, UPSTREAM, upstream);
    }

    void count(TraceResponse response) {
        Counter known = counters.get(response.ordinal());
        if (known == null) {
            known = register(response);
            counters.set(response.ordinal(), known);
        }
        known.increment();
    }

    /** Idempotent: all routes to the upstream share the counter. */
    private Counter register(TraceResponse response) {
        return Counter.builder(NAME)
                .description("Responses of an upstream, by relation to the trace sent")
                .tags(tags)
                .tag(OUTCOME, response.tag())
                .register(meters);
    }
}
