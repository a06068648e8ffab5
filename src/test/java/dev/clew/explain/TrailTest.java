package dev.clew.explain;

import static dev.clew.journal.Entries.entry;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.journal.Circumstances.Decision;
import dev.clew.journal.JournalEntry;
import dev.clew.journal.Worth;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrailTest {

    private static final long MILLI = 1_000_000;

    private static final JournalEntry RETRIED = entry().worth(Worth.RETRIED)
            .routing(
                    new Decision("tenant", "acme", "host shop.example.com is one of its hosts"),
                    new Decision("route", "orders", "path matches /orders/**"))
            .attempt("10.0.3.7", 8080, 0, "upstream-unreachable", MILLI)
            .attempt("10.0.3.8", 8080, 200, null, 41 * MILLI)
            .build();

    @Test
    void tellsEachDecisionInOrder() {
        assertEquals(
                List.of("tenant", "route", "trace", "sampling", "attempt", "retry", "attempt", "end"),
                Trail.of(RETRIED).stream().map(step -> step.step().token()).toList());
    }

    @Test
    void tellsOfAnAttempt() {
        TrailStep attempt = Trail.of(RETRIED).get(6);
        assertEquals("10.0.3.8:8080: status 200", attempt.verdict());
        assertEquals(
                "chosen by round-robin, reused connection, response head after 41 ms, ended after 41 ms",
                attempt.why());
        assertEquals(MILLI, attempt.atNanos());
    }

    @Test
    void tellsWhyItWasRetried() {
        TrailStep retry = Trail.of(RETRIED).get(5);
        assertEquals("retried", retry.verdict());
        assertEquals("upstream-unreachable", retry.why());
    }

    @Test
    void tellsOfAnOrdinaryRequestWhatIsKnown() {
        List<TrailStep> trail =
                Trail.of(entry().attempt("10.0.3.8", 8080, 200, null, MILLI).build());
        assertEquals(
                List.of("acme", "orders", "sampled", "10.0.3.8:8080: status 200", "200 from the upstream"),
                trail.stream().map(TrailStep::verdict).toList());
    }

    @Test
    void namesTheWorthAtTheEnd() {
        List<TrailStep> trail = Trail.of(RETRIED);
        String why = trail.get(trail.size() - 1).why();
        assertTrue(why.contains("in the journal as retried"), why);
    }
}
