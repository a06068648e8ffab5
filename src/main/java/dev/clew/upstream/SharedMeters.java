package dev.clew.upstream;

import dev.clew.export.sdk.InternalSpans;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Meters of upstreams. On a reload, the old and the new pool of an upstream coexist; with the same tags they share one
 * series, which lasts until the last pool is removed.
 */
final class SharedMeters {

    private record Series(String name, Tags tags) {}

    private record Shared(Gauge gauge, List<Supplier<Number>> sources) {}

    /** The number of pools with the same tags, and the counters they registered. */
    private static final class Owners {

        private final Set<Counter> counters = new HashSet<>();
        private int count;
    }

    private final MeterRegistry meters;
    private final InternalSpans spans;
    private final Map<Series, Shared> gauges = new HashMap<>();
    private final Map<Tags, Owners> owners = new HashMap<>();

    /** @param spans of work that meters count */
    SharedMeters(MeterRegistry meters, InternalSpans spans) {
        this.meters = meters;
        this.spans = spans;
    }

    InternalSpans spans() {
        return spans;
    }

    /** Adds an owner of meters whose tags begin with these, until {@link #release}. */
    synchronized void use(Tags tags) {
        owners.computeIfAbsent(tags, first -> new Owners()).count++;
    }

    /** Removes an owner; the last one removes its counters. */
    synchronized void release(Tags tags) {
        Owners own = owners.get(tags);
        if (own != null && --own.count == 0) {
            owners.remove(tags);
            own.counters.forEach(meters::remove);
        }
    }

    /**
     * Returns a counter, registered on first use.
     *
     * @param owner the tags of {@link #use}
     * @return null when the owner was released, such as for a lookup that ends late; nothing is counted then
     */
    synchronized @Nullable Counter counter(String name, String description, Tags owner, Tags tags) {
        Owners own = owners.get(owner);
        if (own == null) {
            return null;
        }
        Counter counter =
                Counter.builder(name).description(description).tags(tags).register(meters);
        own.counters.add(counter);
        return counter;
    }

    /** Adds a source to the sum of a gauge. */
    synchronized void add(String name, String description, Tags tags, Supplier<Number> source) {
        gauges.computeIfAbsent(new Series(name, tags), series -> begin(series, description))
                .sources
                .add(source);
    }

    private Shared begin(Series series, String description) {
        List<Supplier<Number>> sources = new CopyOnWriteArrayList<>();
        Gauge gauge = Gauge.builder(series.name, () -> sum(sources))
                .description(description)
                .tags(series.tags)
                .strongReference(true)
                .register(meters);
        return new Shared(gauge, sources);
    }

    private static long sum(List<Supplier<Number>> sources) {
        long sum = 0;
        for (Supplier<Number> source : sources) {
            sum += source.get().longValue();
        }
        return sum;
    }

    /** Removes a source; the last one removes the gauge. */
    synchronized void remove(String name, Tags tags, Supplier<Number> source) {
        Series series = new Series(name, tags);
        Shared shared = gauges.get(series);
        if (shared != null && shared.sources.remove(source) && shared.sources.isEmpty()) {
            gauges.remove(series);
            meters.remove(shared.gauge);
        }
    }
}
