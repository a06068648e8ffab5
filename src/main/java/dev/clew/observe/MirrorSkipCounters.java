package dev.clew.observe;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** Counts requests selected for a mirror but not sent to it, by reason. Each counter is registered on first use. */
final class MirrorSkipCounters {

    static final String NAME = "clew.upstream.copies.skipped";

    private final MeterRegistry meters;
    private final Tags tags;
    private final AtomicReferenceArray<@Nullable Counter> counters =
            new AtomicReferenceArray<>(MirrorSkip.values().length);

    MirrorSkipCounters(MeterRegistry meters, Tags tags) {
        this.meters = meters;
        this.tags = tags;
    }

    void count(MirrorSkip reason) {
        Counter known = counters.get(reason.ordinal());
        if (known == null) {
            known = Counter.builder(NAME)
                    .description("Requests that were selected for mirroring and skipped")
                    .tags(tags)
                    .tag("reason", reason.tag())
                    .register(meters);
            counters.set(reason.ordinal(), known);
        }
        known.increment();
    }
}
