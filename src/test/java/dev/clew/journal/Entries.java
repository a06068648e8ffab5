package dev.clew.journal;

import dev.clew.journal.AttemptEntry.Connection;
import dev.clew.journal.AttemptEntry.Times;
import dev.clew.journal.Circumstances.Decision;
import dev.clew.journal.Circumstances.EndedBy;
import dev.clew.journal.Circumstances.TraceFacts;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Builds entries for tests. */
public final class Entries {

    private static final long SECOND = 1_000_000_000L;

    private Place place = new Place("acme", "orders", "/orders/**", "orders");
    private Worth worth = Worth.ORDINARY;
    private long startNanos = SECOND;
    private long durationNanos = 41_000_000;
    private int status = 200;
    private @Nullable String error;
    private String traceId = "0af7651916cd43dd8448eb211c80319c";
    private String id = "b7ad6b7169203331";
    private @Nullable String host = "shop.example.com";
    private @Nullable String path;
    private boolean slowest;
    private List<Decision> routing = List.of();
    private final List<AttemptEntry> attempts = new ArrayList<>();

    public static Entries entry() {
        return new Entries();
    }

    public Entries tenant(String tenant) {
        place = new Place(tenant, place.route(), place.template(), place.upstream());
        return this;
    }

    public Entries place(Place other) {
        place = other;
        return this;
    }

    public Entries worth(Worth other) {
        worth = other;
        return this;
    }

    public Entries slowestOfMinute() {
        slowest = true;
        return worth(Worth.SLOW);
    }

    public Entries at(long epochNanos) {
        startNanos = epochNanos;
        return this;
    }

    public Entries took(long nanos) {
        durationNanos = nanos;
        return this;
    }

    public Entries status(int other, @Nullable String code) {
        status = other;
        error = code;
        return this;
    }

    public Entries ids(String trace, String span) {
        traceId = trace;
        id = span;
        return this;
    }

    public Entries number(long number) {
        String hex = Long.toHexString(number);
        return ids("0".repeat(32 - hex.length()) + hex, "0".repeat(16 - hex.length()) + hex);
    }

    public Entries subject(@Nullable String otherHost, @Nullable String otherPath) {
        host = otherHost;
        path = otherPath;
        return this;
    }

    public Entries routing(Decision... decisions) {
        routing = List.of(decisions);
        return this;
    }

    public Entries attempt(String address, int port, int upstreamStatus, @Nullable String code, long nanos) {
        Times times = new Times(
                1_000_000,
                AttemptEntry.NONE,
                AttemptEntry.NONE,
                AttemptEntry.NONE,
                upstreamStatus == 0 ? AttemptEntry.NONE : nanos,
                nanos);
        Connection connection = upstreamStatus == 0 ? Connection.NONE : Connection.REUSED;
        attempts.add(new AttemptEntry(
                "00f067aa0ba902b7",
                address,
                port,
                times,
                connection,
                upstreamStatus,
                code,
                null,
                "round-robin",
                null,
                false));
        return this;
    }

    public JournalEntry build() {
        Circumstances circumstances = new Circumstances(
                routing,
                new TraceFacts("preserve-id", "none", null, "parentbased_always_on", "tenant"),
                null,
                null,
                null,
                null,
                EndedBy.UPSTREAM,
                slowest);
        return new JournalEntry(
                new TraceIds(traceId, id, "", true, null, null),
                place,
                new Subject(host, "GET", path, "1.1", null),
                new Outcome(startNanos, durationNanos, status, error, null, null, 0, 120),
                worth,
                List.copyOf(attempts),
                worth == Worth.ORDINARY ? null : circumstances);
    }
}
