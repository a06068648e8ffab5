package dev.clew.journal;

import static dev.clew.journal.Entries.entry;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.journal.JournalPage.Cursor;
import dev.clew.journal.JournalQuery.Names;
import dev.clew.journal.JournalQuery.StatusRange;
import dev.clew.journal.JournalQuery.Time;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class JournalTest {

    private static final long SECOND = 1_000_000_000L;
    private static final int MEBIBYTE = 1 << 20;
    private static final int LOOPS = 4;
    private static final int ALL = Integer.MAX_VALUE;

    private static final JournalQuery FAILED = new JournalQuery(Names.ANY, null, null, 0, Time.ANY, null, Worth.FAILED);

    @Test
    void keepsAnHoursFailuresIn16MiBAt1000RequestsPerSecond() {
        Journal journal = new Journal(16 * MEBIBYTE, LOOPS);
        int requests = 3600 * 1000;
        JournalEntry good = entry().attempt("10.0.3.8", 8080, 200, null, SECOND).build();
        for (int i = 0; i < requests; i++) {
            long time = i * (SECOND / 1000);
            JournalEntry request = i % 60_000 == 0
                    ? entry().at(time)
                            .worth(Worth.FAILED)
                            .status(502, "upstream-reset")
                            .build()
                    : at(time, good);
            journal.offer(i % LOOPS, request);
        }

        List<JournalEntry> failures = journal.query(FAILED, Cursor.START, ALL).entries();
        assertEquals(60, failures.size());
        assertEquals(0, failures.get(59).outcome().startEpochNanos());
        assertTrue(journal.bytes() <= 16 * MEBIBYTE, "bytes held: " + journal.bytes());
        List<JournalEntry> all =
                journal.query(JournalQuery.ALL, Cursor.START, ALL).entries();
        assertTrue(all.size() > 4000, "requests kept: " + all.size());
        assertEquals((requests - 1) * (SECOND / 1000), all.get(0).outcome().startEpochNanos(), "the newest");
    }

    @Test
    void floodOfOneTenantsFailuresPushesNoOtherTenantsOut() {
        Journal journal = new Journal(MEBIBYTE, LOOPS);
        for (int i = 0; i < 50; i++) {
            journal.offer(
                    0,
                    entry().number(i).at(i).tenant("quiet").worth(Worth.FAILED).build());
        }
        for (int i = 50; i < 50_000; i++) {
            journal.offer(
                    1,
                    entry().number(i).at(i).tenant("loud").worth(Worth.FAILED).build());
        }

        assertEquals(50, journal.query(of("quiet"), Cursor.START, ALL).entries().size());
        List<JournalEntry> loud = journal.query(of("loud"), Cursor.START, ALL).entries();
        assertEquals(49_999, loud.get(0).outcome().startEpochNanos());
        assertTrue(loud.size() > 500, "of the loud tenant: " + loud.size());
        assertTrue(journal.bytes() <= MEBIBYTE, "bytes held: " + journal.bytes());
    }

    /** Each route's slowest request is kept for nothing else, so it goes before a failure of anybody. */
    @Test
    void slowestRequestsOfManyTenantsPushNoFailureOut() {
        Journal journal = new Journal(MEBIBYTE, LOOPS);
        for (int minute = 0; minute < 60; minute++) {
            long time = minute * 60 * SECOND;
            journal.offer(
                    0,
                    entry().number(minute)
                            .at(time)
                            .tenant("t0")
                            .worth(Worth.FAILED)
                            .build());
            for (int tenant = 0; tenant < 1000; tenant++) {
                journal.offer(
                        tenant % LOOPS,
                        entry().number(1000L * minute + tenant)
                                .at(time)
                                .tenant("t" + tenant)
                                .slowestOfMinute()
                                .build());
            }
        }

        assertEquals(60, journal.query(FAILED, Cursor.START, ALL).entries().size());
        assertTrue(journal.bytes() <= MEBIBYTE, "bytes held: " + journal.bytes());
    }

    @Test
    void keepsTheSlowerOfTwoThatWereEachTheSlowest() {
        FairStore store = new FairStore(MEBIBYTE);
        List<Long> kept = new ArrayList<>();
        for (long took : new long[] {900, 3, 950}) {
            store.add(entry().number(took).took(took).slowestOfMinute().build());
        }

        store.forEach(each -> kept.add(each.outcome().durationNanos()));
        assertEquals(List.of(950L), kept);
    }

    @Test
    void floodOfRejectionsPushesNoFailureOfTheSameTenantOut() {
        Journal journal = new Journal(MEBIBYTE, LOOPS);
        for (int i = 0; i < 50; i++) {
            journal.offer(0, entry().number(i).at(i).worth(Worth.FAILED).build());
        }
        for (int i = 50; i < 50_000; i++) {
            journal.offer(0, entry().number(i).at(i).worth(Worth.REJECTED).build());
        }

        assertEquals(50, journal.query(FAILED, Cursor.START, ALL).entries().size());
    }

    @Test
    void samplesOrdinaryRequestsOfTheWholeHour() {
        Journal journal = new Journal(MEBIBYTE, 1);
        int requests = 360_000;
        for (int i = 0; i < requests; i++) {
            journal.offer(0, entry().number(i).at(i * (SECOND / 100)).build());
        }

        int[] perQuarter = new int[4];
        for (JournalEntry kept :
                journal.query(JournalQuery.ALL, Cursor.START, ALL).entries()) {
            int quarter = (int) (kept.outcome().startEpochNanos() / (900 * SECOND));
            perQuarter[quarter]++;
        }
        // The last one has the newest requests, too.
        for (int quarter = 0; quarter < 3; quarter++) {
            assertTrue(perQuarter[quarter] > 10, "of quarter " + quarter + ": " + perQuarter[quarter]);
            assertTrue(perQuarter[quarter] < 100, "of quarter " + quarter + ": " + perQuarter[quarter]);
        }
        assertTrue(journal.bytes() <= MEBIBYTE, "bytes held: " + journal.bytes());
    }

    @Test
    void keepsTheSlowestOfEachRouteAndMinute() {
        Journal journal = new Journal(MEBIBYTE, 1);
        SlowestOfMinute slowest = new SlowestOfMinute();
        for (int i = 0; i < 120; i++) {
            long took = (i * 7 % 60 + 1) * 1_000_000L;
            Entries request = entry().number(i).at(i * SECOND).took(took);
            journal.offer(0, (slowest.record(i * SECOND + took, took) ? request.slowestOfMinute() : request).build());
        }

        // Fills the room of ordinary requests, so that only the slowest of each minute are sure to be left.
        JournalQuery longest = new JournalQuery(Names.ANY, null, null, 60_000_000L, Time.ANY, null, Worth.SLOW);
        for (int i = 1000; i < 10_000; i++) {
            journal.offer(0, entry().number(i).at(120 * SECOND + i).took(1).build());
        }
        assertEquals(2, journal.query(longest, Cursor.START, ALL).entries().size());
    }

    @Test
    void keepsTheSlowestSoFarAmongTheOrdinaryOnesWhenASlowerOneComes() {
        Journal journal = new Journal(MEBIBYTE, 1);
        for (int i = 1; i <= 3; i++) {
            journal.offer(
                    0, entry().number(i).took(i * SECOND).slowestOfMinute().build());
        }

        assertEquals(
                3, journal.query(JournalQuery.ALL, Cursor.START, ALL).entries().size());
    }

    @Test
    void pagesFromTheNewestToTheOldest() {
        Journal journal = new Journal(MEBIBYTE, LOOPS);
        for (int i = 0; i < 25; i++) {
            // Several of one moment, in both parts of the journal.
            journal.offer(
                    i % LOOPS,
                    entry().number(i)
                            .at(i / 5)
                            .worth(i % 2 == 0 ? Worth.FAILED : Worth.ORDINARY)
                            .build());
        }

        List<JournalEntry> read = new ArrayList<>();
        Cursor from = Cursor.START;
        while (from != null) {
            JournalPage page = journal.query(JournalQuery.ALL, Cursor.parse(from.text()), 10);
            assertTrue(page.entries().size() <= 10);
            read.addAll(page.entries());
            from = page.next();
        }
        assertEquals(25, read.size());
        assertEquals(25, read.stream().map(JournalEntry::id).distinct().count());
        for (int i = 1; i < read.size(); i++) {
            assertTrue(read.get(i).outcome().startEpochNanos()
                    <= read.get(i - 1).outcome().startEpochNanos());
        }
    }

    @Test
    void selectsByEachFilter() {
        Journal journal = new Journal(MEBIBYTE, 1);
        JournalEntry wanted = entry().number(7)
                .at(70)
                .worth(Worth.FAILED)
                .status(502, "upstream-reset")
                .took(600)
                .attempt("10.0.3.7", 8080, 0, "upstream-unreachable", 1)
                .attempt("10.0.3.8", 8080, 0, "upstream-reset", 1)
                .build();
        journal.offer(0, wanted);
        journal.offer(
                0,
                entry().number(8)
                        .at(80)
                        .tenant("other")
                        .place(new Place("other", "r", "/", "u"))
                        .took(500)
                        .build());

        for (JournalQuery query : List.of(
                named(new Names(List.of("acme"), null, null, null)),
                named(new Names(null, "orders", null, null)),
                named(new Names(null, null, "orders", null)),
                named(new Names(null, null, null, "10.0.3.7:8080")),
                new JournalQuery(Names.ANY, new StatusRange(500, 599), null, 0, Time.ANY, null, null),
                new JournalQuery(Names.ANY, null, "upstream-reset", 0, Time.ANY, null, null),
                new JournalQuery(Names.ANY, null, null, 501, Time.ANY, null, null),
                new JournalQuery(Names.ANY, null, null, 0, new Time(70, 80), null, null),
                new JournalQuery(
                        Names.ANY, null, null, 0, Time.ANY, wanted.ids().traceId(), null),
                FAILED)) {
            assertEquals(
                    List.of(wanted), journal.query(query, Cursor.START, ALL).entries(), query.toString());
        }
        assertEquals(wanted, journal.byId(wanted.id()).orElseThrow());
        assertTrue(journal.byId("ffffffffffffffff").isEmpty());
        assertEquals(List.of(wanted), journal.byTraceId(wanted.ids().traceId()));
    }

    @Test
    void dropsRatherThanSlowsALiveStream() {
        Journal journal = new Journal(MEBIBYTE, 1);
        int[] calls = new int[1];
        Subscription stream = journal.subscribe(FAILED, 3, () -> calls[0]++);
        for (int i = 0; i < 5; i++) {
            journal.offer(0, entry().number(i).worth(Worth.FAILED).build());
            journal.offer(0, entry().number(100 + i).build());
        }

        assertEquals(1, calls[0], "announced once, until they are taken");
        assertEquals(3, stream.take().size());
        assertEquals(2, stream.takeDropped());
        assertEquals(0, stream.takeDropped());
        journal.offer(0, entry().worth(Worth.FAILED).build());
        assertEquals(2, calls[0]);
        stream.close();
        stream.take();
        journal.offer(0, entry().worth(Worth.FAILED).build());
        assertEquals(List.of(), stream.take());
    }

    @Test
    void disabledKeepsNothing() {
        assertFalse(Journal.disabled().isEnabled());
        assertTrue(new Journal(MEBIBYTE, 1).isEnabled());
    }

    @Test
    void rejectsTextsThatAreNoCursor() {
        for (String text : List.of("", "-", "x-1", "12", "-b7ad6b7169203331")) {
            assertNull(Cursor.parse(text), text);
        }
    }

    private static JournalEntry at(long time, JournalEntry entry) {
        Outcome outcome = new Outcome(time, SECOND, 200, null, null, null, 0, 0);
        return new JournalEntry(
                entry.ids(), entry.place(), entry.subject(), outcome, Worth.ORDINARY, entry.attempts(), null);
    }

    private static JournalQuery of(String tenant) {
        return named(new Names(List.of(tenant), null, null, null));
    }

    private static JournalQuery named(Names names) {
        return new JournalQuery(names, null, null, 0, Time.ANY, null, null);
    }
}
