package dev.clew.api;

import dev.clew.api.StatisticsFrame.Counts;
import dev.clew.api.StatisticsFrame.Series;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.distribution.CountAtBucket;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Differences between two readings of the meter of requests, so that requests cost nothing for statistics. Iterates
 * over all meters: never call it on an event loop. Confined to one thread at a time.
 */
final class RequestMeters {

    private static final String NAME = "clew.requests";

    private final MeterRegistry meters;
    private Map<Meter.Id, long[]> before = new HashMap<>();

    /** Reads the meters initially. */
    RequestMeters(MeterRegistry meters) {
        this.meters = meters;
        read(true);
    }

    /**
     * Returns the requests since the last call that moved the reading.
     *
     * @param move whether the next call counts from here
     */
    Map<Series, Counts> read(boolean move) {
        Map<Series, Counts> counts = new HashMap<>();
        Map<Meter.Id, long[]> now = new HashMap<>();
        for (Timer timer : meters.find(NAME).timers()) {
            long[] counted = cumulative(timer);
            long[] earlier = before.get(timer.getId());
            now.put(timer.getId(), counted);
            long[] since = earlier == null ? counted : difference(counted, earlier);
            if (since[since.length - 1] > 0) {
                Series key = new Series(tag(timer, "tenant"), tag(timer, "route"));
                long[] buckets = Arrays.copyOf(since, StatisticsFrame.buckets());
                counts.computeIfAbsent(key, first -> new Counts())
                        .add(since[since.length - 1], tag(timer, "status").charAt(0), buckets);
            }
        }
        if (move) {
            before = now;
        }
        return counts;
    }

    /** Returns the count of each bucket, and that of all last. */
    private static long[] cumulative(Timer timer) {
        long[] counted = new long[StatisticsFrame.buckets() + 1];
        CountAtBucket[] histogram = timer.takeSnapshot().histogramCounts();
        long below = 0;
        int bucket = 0;
        for (CountAtBucket at : histogram) {
            double bound = at.bucket(TimeUnit.MILLISECONDS);
            long upTo = (long) at.count();
            while (bucket < StatisticsFrame.buckets() - 1 && StatisticsFrame.bound(bucket) < bound) {
                bucket++;
            }
            counted[bucket] += Math.max(0, upTo - below);
            below = Math.max(below, upTo);
        }
        long all = timer.count();
        counted[StatisticsFrame.buckets() - 1] += Math.max(0, all - below);
        counted[StatisticsFrame.buckets()] = all;
        return counted;
    }

    private static long[] difference(long[] now, long[] earlier) {
        long[] since = new long[now.length];
        for (int i = 0; i < now.length; i++) {
            since[i] = Math.max(0, now[i] - earlier[i]);
        }
        return since;
    }

    private static String tag(Timer timer, String name) {
        return Objects.requireNonNullElse(timer.getId().getTag(name), "");
    }

    /** Returns the busiest series. */
    static Map<Series, Counts> busiest(Map<Series, Counts> counts, int most) {
        return counts.size() <= most
                ? counts
                : counts.entrySet().stream()
                        .sorted(Comparator.comparingLong((Map.Entry<Series, Counts> entry) ->
                                        entry.getValue().requests())
                                .reversed())
                        .limit(most)
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
