package dev.clew.gateway;

import dev.clew.connection.HandshakeFailure;
import dev.clew.exchange.EpochClock;
import dev.clew.journal.Circumstances;
import dev.clew.journal.Circumstances.EndedBy;
import dev.clew.journal.Circumstances.TraceFacts;
import dev.clew.journal.Journal;
import dev.clew.journal.JournalEntry;
import dev.clew.journal.Outcome;
import dev.clew.journal.Place;
import dev.clew.journal.Subject;
import dev.clew.journal.TraceIds;
import dev.clew.journal.Worth;
import dev.clew.listener.Listeners;
import dev.clew.trace.context.RandomIds;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Tells of clients' failed TLS handshakes: in the journal and in the metrics of each, in the log within a rate. There
 * is no request, and so no trace.
 */
@Singleton
public class HandshakeLog {

    private static final String ERROR = "tls-handshake-failed";

    private final Journal journal;
    private final EpochClock clock;
    private final MeterRegistry meters;
    private final RejectionLog log = new RejectionLog();
    private final RandomIds ids = new RandomIds();
    private final Map<HandshakeFailure, Counter> counts = new EnumMap<>(HandshakeFailure.class);

    HandshakeLog(Journal journal, EpochClock clock, MeterRegistry meters) {
        this.journal = journal;
        this.clock = clock;
        this.meters = meters;
    }

    void begin(@Observes StartupEvent started, Vertx vertx) {
        for (HandshakeFailure reason : HandshakeFailure.values()) {
            counts.put(
                    reason,
                    Counter.builder("clew.tls.handshakes.failed")
                            .description("Clients' TLS handshakes that failed")
                            .tag("reason", reason.tag())
                            .register(meters));
        }
        Listeners.of(vertx).traffic().whenHandshakeFails(this::failed);
    }

    private void failed(HandshakeFailure reason) {
        Counter count = counts.get(reason);
        if (count != null) {
            count.increment();
        }
        log.reject(ERROR, reason.text(), clock.nanoTime());
        if (journal.isEnabled()) {
            journal.offer(0, entry(reason));
        }
    }

    private JournalEntry entry(HandshakeFailure reason) {
        return new JournalEntry(
                new TraceIds("", ids.spanId(), "", false, null, null),
                Place.UNKNOWN,
                new Subject(null, "", null, "", null),
                new Outcome(clock.now(), 0, 0, ERROR, null, null, 0, 0),
                Worth.REJECTED,
                List.of(),
                new Circumstances(
                        List.of(),
                        new TraceFacts("", "none", null, "", "gateway"),
                        null,
                        null,
                        reason.text(),
                        null,
                        EndedBy.GATEWAY,
                        false));
    }
}
