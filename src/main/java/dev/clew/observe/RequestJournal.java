package dev.clew.observe;

import dev.clew.config.gateway.AccessLogSettings;
import dev.clew.exchange.Exchange;
import dev.clew.journal.Journal;
import dev.clew.journal.JournalEntry;
import dev.clew.trace.context.Propagators;

/** Turns ended requests into entries, and offers them to the journal. */
public final class RequestJournal {

    private final Journal journal;
    private final EntryMaker entries;

    /** @param settings those of the access log, which decide what is shown of the caller */
    public RequestJournal(Journal journal, Propagators propagators, AccessLogSettings settings) {
        this.journal = journal;
        this.entries = new EntryMaker(new CircumstancesMaker(propagators), settings);
    }

    boolean isEnabled() {
        return journal.isEnabled();
    }

    /**
     * Returns the entry of an ended request, and offers it to the journal. Without a journal, only requests that no
     * route matched get circumstances, for the access log.
     */
    JournalEntry record(Exchange exchange, RouteTelemetry route, RequestOutcome outcome, long startEpochNanos) {
        long end = startEpochNanos + outcome.nanos() - exchange.startNanos();
        Kept.Decision decision = route.kept().decide(exchange, outcome, route.keep(), end);
        if (!journal.isEnabled()) {
            Kept.Decision logged = exchange.route() == null ? decision : decision.withoutCircumstances();
            return entries.make(exchange, route, outcome, startEpochNanos, logged);
        }
        JournalEntry entry = entries.make(exchange, route, outcome, startEpochNanos, decision);
        journal.offer(exchange.loop().index(), entry);
        return entry;
    }
}
