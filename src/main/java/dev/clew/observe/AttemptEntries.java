package dev.clew.observe;

import dev.clew.exchange.AttemptRecord;
import dev.clew.exchange.Exchange;
import dev.clew.exchange.NoRetry;
import dev.clew.journal.AttemptEntry;
import dev.clew.journal.AttemptEntry.Connection;
import dev.clew.journal.AttemptEntry.Times;
import dev.clew.tenant.route.Branch;
import dev.clew.tenant.upstream.Balancing;
import dev.clew.tenant.upstream.Upstream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes plain data of an exchange's attempts. */
final class AttemptEntries {

    private AttemptEntries() {}

    /** @param kept whether the request has a decision trail, for which the endpoints' choice is told */
    static List<AttemptEntry> of(Exchange exchange, boolean kept) {
        List<AttemptRecord> attempts = exchange.attempts();
        if (attempts.isEmpty()) {
            return List.of();
        }
        if (attempts.size() == 1) {
            return List.of(of(exchange, 0, kept));
        }
        List<AttemptEntry> entries = new ArrayList<>(attempts.size());
        for (int i = 0; i < attempts.size(); i++) {
            entries.add(of(exchange, i, kept));
        }
        return entries;
    }

    private static AttemptEntry of(Exchange exchange, int index, boolean kept) {
        AttemptRecord attempt = exchange.attempts().get(index);
        NoRetry noRetry = attempt.noRetry();
        return new AttemptEntry(
                attempt.spanId(),
                attempt.endpoint().host(),
                attempt.endpoint().port(),
                times(attempt, exchange.startNanos()),
                connection(attempt),
                attempt.status(),
                attempt.error() == null ? null : attempt.error().code(),
                attempt.traceResponse(),
                kept ? choice(exchange.branch(), index) : null,
                noRetry == null ? null : noRetry.text(),
                attempt.isProbe());
    }

    /** The gateway resolves names ahead of requests, so that no attempt waits for DNS. */
    private static Times times(AttemptRecord attempt, long requestStart) {
        long start = attempt.startNanos();
        long connected = attempt.connectedNanos();
        return new Times(
                start - requestStart,
                AttemptEntry.NONE,
                connected == 0 ? AttemptEntry.NONE : connected - start,
                AttemptEntry.NONE,
                attempt.status() == 0 ? AttemptEntry.NONE : attempt.respondedNanos() - start,
                attempt.endNanos() == 0 ? AttemptEntry.NONE : attempt.endNanos() - start);
    }

    private static Connection connection(AttemptRecord attempt) {
        if (attempt.version() == null) {
            return Connection.NONE;
        }
        return attempt.connectedNanos() == 0 ? Connection.REUSED : Connection.NEW;
    }

    private static @Nullable String choice(@Nullable Branch branch, int index) {
        if (branch == null) {
            return null;
        }
        Upstream upstream = branch.upstream();
        if (upstream.endpoints().size() == 1) {
            return "the upstream's only endpoint";
        }
        if (index > 0) {
            return "another endpoint than the one that failed";
        }
        Balancing.Policy policy = upstream.selection().balancing().policy();
        if (policy instanceof Balancing.RoundRobin) {
            return "round-robin";
        }
        return policy instanceof Balancing.LeastRequests ? "least-requests" : "hash of the request's key";
    }
}
