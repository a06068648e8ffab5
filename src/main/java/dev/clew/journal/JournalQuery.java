package dev.clew.journal;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A selection of kept requests; null means any.
 *
 * @param names tenants, route, upstream and endpoint
 * @param status a code, or a class
 * @param error the stable code of the gateway's error
 * @param slowerThanNanos the shortest duration; 0 for any
 * @param time when the request began
 * @param traceId the beginning of a trace ID, in lower case
 */
public record JournalQuery(
        Names names,
        @Nullable StatusRange status,
        @Nullable String error,
        long slowerThanNanos,
        Time time,
        @Nullable String traceId,
        @Nullable Worth worth) {

    /** Selects all requests. */
    public static final JournalQuery ALL = new JournalQuery(Names.ANY, null, null, 0, Time.ANY, null, null);

    /**
     * Names to select by; null means any.
     *
     * @param tenants those that whoever asks may see and asked for
     * @param endpoint of any attempt, as {@code host:port}
     */
    public record Names(
            @Nullable List<String> tenants,
            @Nullable String route,
            @Nullable String upstream,
            @Nullable String endpoint) {

        public static final Names ANY = new Names(null, null, null, null);
    }

    /** A range of status codes, both inclusive. */
    public record StatusRange(int from, int to) {}

    /**
     * A range of time, in nanoseconds since 1970.
     *
     * @param since inclusive
     * @param until exclusive
     */
    public record Time(long since, long until) {

        public static final Time ANY = new Time(Long.MIN_VALUE, Long.MAX_VALUE);
    }

    /** Returns whether the request is selected. */
    public boolean isMetBy(JournalEntry entry) {
        Outcome outcome = entry.outcome();
        return outcome.durationNanos() >= slowerThanNanos
                && outcome.startEpochNanos() >= time.since
                && outcome.startEpochNanos() < time.until
                && (status == null || outcome.status() >= status.from && outcome.status() <= status.to)
                && (error == null || error.equals(outcome.error()))
                && (worth == null || worth == entry.worth())
                && (traceId == null || entry.ids().traceId().startsWith(traceId))
                && isNamed(entry);
    }

    private boolean isNamed(JournalEntry entry) {
        Place place = entry.place();
        return (names.tenants == null || names.tenants.contains(place.tenant()))
                && (names.route == null || names.route.equals(place.route()))
                && (names.upstream == null || names.upstream.equals(place.upstream()))
                && (names.endpoint == null || hasEndpoint(entry, names.endpoint));
    }

    private static boolean hasEndpoint(JournalEntry entry, String endpoint) {
        for (AttemptEntry attempt : entry.attempts()) {
            if (attempt.endpoint().equals(endpoint)) {
                return true;
            }
        }
        return false;
    }
}
