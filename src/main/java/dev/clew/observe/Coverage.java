package dev.clew.observe;

import dev.clew.trace.context.TraceResponse;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * The upstreams that prove that they continue traces, and those that break them: the counters of {@link
 * TraceResponseCounters}, read on demand. Bounded by the number of configured upstreams.
 */
public final class Coverage {

    private static final double THOUSAND = 1000;
    private static final TraceResponse[] OUTCOMES = TraceResponse.values();

    /** A response that names another trace proves a break; one without a trace proves nothing. */
    private static final Comparator<Row> WORST_FIRST = Comparator.comparingDouble(Row::contradicted)
            .reversed()
            .thenComparingDouble(Row::share)
            .thenComparing(Row::responses, Comparator.reverseOrder())
            .thenComparing(row -> row.key.tenant)
            .thenComparing(row -> row.key.upstream);

    private final MeterRegistry meters;

    public Coverage(MeterRegistry meters) {
        this.meters = meters;
    }

    private record Key(String tenant, String upstream) {

        static Key of(Counter counter) {
            return new Key(tag(counter, TraceResponseCounters.TENANT), tag(counter, TraceResponseCounters.UPSTREAM));
        }
    }

    private record Row(Key key, Map<TraceResponse, Long> counts) {

        long count(TraceResponse outcome) {
            return counts.getOrDefault(outcome, 0L);
        }

        long responses() {
            return counts.values().stream().mapToLong(Long::longValue).sum();
        }

        double share() {
            return (double) count(TraceResponse.CONTINUED) / responses();
        }

        double contradicted() {
            return (double) count(TraceResponse.CONTRADICTED) / responses();
        }

        JsonObject json() {
            JsonObject json = new JsonObject().put("tenant", key.tenant).put("upstream", key.upstream);
            for (TraceResponse outcome : OUTCOMES) {
                json.put(outcome.tag(), count(outcome));
            }
            return json.put("coverage", Math.round(share() * THOUSAND) / THOUSAND);
        }
    }

    /**
     * Returns a JSON list of the upstreams that have responded since the start, ordered by the share of responses that
     * name another trace, descending; then by coverage, ascending; then by responses, descending. {@code coverage} is
     * the share of responses that prove continuation, 0 to 1, to the thousandth.
     *
     * <p>Iterates over all meters: never call it on an event loop.
     */
    public String json() {
        Map<Key, Map<TraceResponse, Long>> counted = new HashMap<>();
        for (Counter counter : meters.find(TraceResponseCounters.NAME).counters()) {
            counted.computeIfAbsent(Key.of(counter), first -> new HashMap<>())
                    .put(outcome(counter), Math.round(counter.count()));
        }
        JsonArray upstreams = new JsonArray();
        counted.entrySet().stream()
                .map(entry -> new Row(entry.getKey(), entry.getValue()))
                .filter(row -> row.responses() > 0)
                .sorted(WORST_FIRST)
                .forEach(row -> upstreams.add(row.json()));
        return upstreams.encodePrettily();
    }

    private static TraceResponse outcome(Counter counter) {
        String tag = tag(counter, TraceResponseCounters.OUTCOME);
        for (TraceResponse outcome : OUTCOMES) {
            if (outcome.tag().equals(tag)) {
                return outcome;
            }
        }
        throw new IllegalStateException("unknown outcome: " + tag);
    }

    private static String tag(Counter counter, String key) {
        return Objects.requireNonNull(counter.getId().getTag(key), key);
    }
}
