package dev.clew.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.export.Destination.State;
import dev.clew.export.queue.DropReason;
import dev.clew.export.queue.ExportCounts;
import dev.clew.export.queue.SpanSink;
import dev.clew.export.settings.DestinationSettings;
import dev.clew.export.settings.SettingProblem;
import dev.clew.export.settings.Signal;
import dev.clew.testing.OtlpServer;
import dev.clew.testing.OtlpServer.Behaviour;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Destinations that are added, changed and removed while spans flow. */
@Tag("slow")
class LiveChangeTest {

    private static final List<String> A = List.of("a");
    private static final int CALM = 1_000_000;

    @TempDir
    Path root;

    private final OtlpServer first = OtlpServer.start();
    private final OtlpServer second = OtlpServer.start();
    private Duration bound = Duration.ofSeconds(30);
    private GatewayFolder folder;
    private Exports exports;

    @AfterEach
    void stop() {
        exports.close(Duration.ofSeconds(5));
        first.close();
        second.close();
    }

    private void start(String... destinations) {
        folder = new GatewayFolder(root);
        write(destinations);
        exports = new Exports(folder.read(), List.of(), bound);
    }

    private void write(String... destinations) {
        folder.write(destinations.length == 0 ? "via: clew" : "destinations:\n" + String.join("", destinations));
    }

    private void change(String... destinations) {
        write(destinations);
        exports.apply(folder.export());
    }

    private static String at(String name, OtlpServer backend, String... more) {
        return GatewayFolder.destination(name, backend.endpoint(), more);
    }

    private Destination destination(String name) {
        return exports.destinations().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private ExportCounts assertBalanced(String name) {
        ExportCounts counts = exports.counters().of(Signal.TRACES, name).counts();
        assertEquals(
                counts.offered(),
                counts.exported() + counts.dropped() + counts.queued().items(),
                counts::toString);
        return counts;
    }

    @Test
    void aNewDestinationBeginsForThoseWhoNameItAlready() {
        start(at("a", first));
        SpanSink both = exports.to(List.of("a", "b"));
        both.offer(Spans.of("acme", 1));
        change(at("a", first), at("b", second));
        both.offer(Spans.of("acme", 2));
        second.awaitSpans(1);
        first.awaitSpans(2);
        assertEquals(List.of(), exports.problems());
        assertEquals(
                Map.of(DropReason.UNKNOWN_DESTINATION, 1L),
                only(exports.counters().of(Signal.TRACES, "unknown").counts()));
        assertEquals(2, exports.sampled());
        assertSame(both, exports.to(List.of("a", "b")));
    }

    @Test
    void aProblemOfAFileIsOneOnlyWhileTheFileHasIt() {
        start(at("a", first));
        SpanSink kept = exports.to(A);
        SettingProblem ofAFile = new SettingProblem("tenants/acme.yaml:3: tracing.inbound", "ignored");
        exports.follow(List.of(A), List.of(ofAFile));
        assertEquals(List.of(ofAFile), exports.problems());
        assertSame(kept, exports.to(A));
        exports.follow(List.of(A), List.of());
        assertEquals(List.of(), exports.problems());
    }

    private static Map<DropReason, Long> only(ExportCounts counts) {
        Map<DropReason, Long> dropped = new java.util.EnumMap<>(counts.droppedByReason());
        dropped.values().removeIf(spans -> spans == 0);
        return dropped;
    }

    @Test
    void aDestinationThatIsTakenAwaySendsWhatWaits() {
        start(at("a", first, "timeout: 5s"), at("b", second));
        for (int n = 1; n <= 1000; n++) {
            exports.to(A).offer(Spans.of("acme", n));
        }
        change(at("b", second));
        exports.to(A).offer(Spans.of("acme", 1001));
        assertEquals(1000, first.spans().size());
        assertEquals(1000, assertBalanced("a").offered());
        assertEquals(1, exports.counters().of(Signal.TRACES, "unknown").counts().dropped());
        change(at("a", first), at("b", second));
        exports.to(A).offer(Spans.of("acme", 1002));
        first.awaitSpans(1001);
        assertEquals(1001, assertBalanced("a").offered(), "the count continues");
    }

    @Test
    void aDestinationThatIsTakenAwayAndHangsEndsAllTheSame() {
        bound = Duration.ofMillis(200);
        start(at("a", first), at("b", second));
        first.behave(Behaviour.HANG);
        exports.to(A).offer(Spans.of("acme", 1));
        first.awaitRequests(1);
        change(at("b", second));
        assertEquals(Map.of(DropReason.REMOVED, 1L), only(assertBalanced("a")));
    }

    @Test
    void whatIsEqualKeepsItsConnectionAndItsQueue() {
        start(at("a", first));
        Destination<?> before = destination("a");
        exports.to(A).offer(Spans.of("acme", 1));
        first.awaitSpans(1);
        change(at("b", second), at("a", first));
        exports.to(A).offer(Spans.of("acme", 2));
        first.awaitSpans(2);
        assertSame(before, destination("a"));
        assertEquals(1, first.connections());
    }

    @Test
    void whatWaitsLeavesByTheNewSettings() {
        bound = Duration.ofMillis(200);
        start(at("a", first));
        first.behave(Behaviour.HANG);
        exports.to(A).offer(Spans.of("acme", 1));
        first.awaitRequests(1);
        for (int n = 2; n <= 100; n++) {
            exports.to(A).offer(Spans.of("acme", n));
        }
        change(at("a", second));
        second.awaitSpans(100);
        Counts.await(destination("a"), counts -> counts.exported() == 100);
        assertEquals(Map.of(), only(assertBalanced("a")), "the spans at the previous backend included");
    }

    @Test
    void aQueueOfAnotherSizeLosesNothing() {
        start(at("a", first));
        for (int n = 1; n <= 1000; n++) {
            exports.to(A).offer(Spans.of("acme", n));
        }
        write("  a: {endpoint: \"" + first.endpoint() + "\", queue: {spans: 4096, batch: 7, delay: 20ms}}\n");
        exports.apply(folder.export());
        assertEquals(4096, destination("a").counts().queued().capacity());
        for (int n = 1001; n <= 1500; n++) {
            exports.to(A).offer(Spans.of("acme", n));
        }
        first.awaitSpans(1500);
        Counts.await(destination("a"), counts -> counts.queued().items() == 0);
        ExportCounts counts = assertBalanced("a");
        assertEquals(1500, counts.offered());
        assertEquals(Map.of(), only(counts));
        assertEquals(counts.exported(), first.spans().size());
    }

    @Test
    void aQueueThatIsReplacedBeforeItsTurnLosesNothing() {
        bound = Duration.ofMillis(200);
        start(at("a", first));
        first.behave(Behaviour.HANG);
        second.behave(Behaviour.HANG);
        exports.to(A).offer(Spans.of("acme", 1));
        first.awaitRequests(1);
        write("  a: {endpoint: \"" + second.endpoint() + "\", queue: {spans: 4096, delay: 10ms}}\n");
        exports.apply(folder.export());
        // Only the stalled batch has moved to the other backend: the queue in between has spans, but no turn yet.
        second.awaitRequests(1);
        for (int n = 2; n <= 100; n++) {
            exports.to(A).offer(Spans.of("acme", n));
        }
        first.behave(Behaviour.ACCEPT);
        change(at("a", first));
        first.awaitSpans(100);
        Counts.await(destination("a"), counts -> counts.queued().items() == 0);
        assertEquals(Map.of(), only(assertBalanced("a")));
    }

    @Test
    void noSpanIsLostOrCountedTwiceWhileDestinationsChangeAllTheTime() throws InterruptedException {
        start(at("a", first));
        SpanSink sink = exports.to(A);
        AtomicBoolean done = new AtomicBoolean();
        AtomicLong offered = new AtomicLong();
        List<Thread> callers =
                List.of(new Thread(() -> flow(sink, done, offered)), new Thread(() -> flow(sink, done, offered)));
        callers.forEach(Thread::start);
        for (int round = 0; round < 60; round++) {
            OtlpServer backend = round % 2 == 0 ? second : first;
            String queue = "queue: {spans: " + (256 << round % 3) + ", batch: 64, delay: 10ms}";
            write("  a: {endpoint: \"" + backend.endpoint() + "\", " + queue + "}\n");
            exports.apply(folder.export());
        }
        done.set(true);
        for (Thread caller : callers) {
            caller.join();
        }
        Counts.await(destination("a"), counts -> counts.queued().items() == 0);
        ExportCounts counts = assertBalanced("a");
        assertEquals(offered.get(), counts.offered());
        assertEquals(counts.exported(), first.spans().size() + second.spans().size());
        assertEquals(0, counts.droppedByReason().get(DropReason.REMOVED));
        assertTrue(counts.exported() > 0);
    }

    private static void flow(SpanSink sink, AtomicBoolean done, AtomicLong offered) {
        while (!done.get()) {
            sink.offer(Spans.of("acme", (int) offered.incrementAndGet()));
            Thread.onSpinWait();
        }
    }

    @Test
    void aMistakeTakesNoBackendAway() {
        start(at("a", first));
        change("  a: {endpoint: \"ftp://nowhere\", protocol: pigeon, queue: {delay: 10ms}}\n");
        assertEquals(2, exports.problems().size());
        for (SettingProblem problem : exports.problems()) {
            assertTrue(problem.message().endsWith("; the destination keeps its former settings"), problem::toString);
        }
        exports.to(A).offer(Spans.of("acme", 1));
        first.awaitSpans(1);
        change(at("a", second));
        assertEquals(List.of(), exports.problems());
        exports.to(A).offer(Spans.of("acme", 2));
        second.awaitSpans(1);
        assertBalanced("a");
    }

    @Test
    void aDestinationWithoutAnEndpointDropsUntilItHasOne() {
        start("  a: {protocol: grpc}\n");
        assertEquals(State.MISCONFIGURED, destination("a").state());
        assertEquals(
                List.of("missing (expected: a URL such as http://collector:4318); its spans are dropped"),
                exports.problems().stream().map(SettingProblem::message).toList());
        exports.to(A).offer(Spans.of("acme", 1));
        assertEquals(Map.of(DropReason.MISCONFIGURED, 1L), only(assertBalanced("a")));
        change(at("a", first));
        assertEquals(State.IDLE, destination("a").state());
        exports.to(A).offer(Spans.of("acme", 2));
        Counts.await(destination("a"), counts -> counts.exported() == 1);
        assertEquals(State.OK, destination("a").state());
        assertBalanced("a");
    }

    @Test
    void whatIsSwitchedOffTakesAndCountsNothing() {
        start(at("a", first));
        SpanSink sink = exports.to(List.of(DestinationSettings.DEFAULT, "a", "a"));
        sink.offer(Spans.of("acme", 1));
        Counts.await(destination("a"), counts -> counts.exported() == 1);
        assertEquals(1, first.spans().size(), "exported once, though named twice");
        assertEquals(
                List.of("a"),
                exports.destinations().stream().map(Destination::name).toList());
        assertEquals(List.of(), exports.problems());
    }

    @Test
    void nothingIsExportedWhenAllIsSwitchedOff() {
        folder = new GatewayFolder(root).set("OTEL_SDK_DISABLED", "true");
        write(at("a", first));
        exports = new Exports(folder.read());
        exports.to(List.of(DestinationSettings.DEFAULT, "a", "b")).offer(Spans.of("acme", 1));
        assertEquals(List.of(), exports.destinations());
        assertEquals(List.of(), exports.problems());
    }

    @Test
    void oneTenantsFloodCostsAnotherNothingAtADestinationThatHangs() {
        bound = Duration.ofMillis(200);
        start(at("a", first), at("b", second));
        first.behave(Behaviour.HANG);
        SpanSink sink = exports.to(List.of("a", "b"));
        for (int n = 1; n <= 20_000; n++) {
            sink.offer(Spans.of("flood", n));
            if (n % 100 == 0) {
                sink.offer(Spans.of("calm", CALM + n));
            }
        }
        first.behave(Behaviour.ACCEPT);
        change(at("a", first, "compression: gzip"), at("b", second));
        Counts.await(destination("a"), counts -> counts.queued().items() == 0);
        ExportCounts counts = assertBalanced("a");
        assertEquals(counts.dropped(), counts.droppedByReason().get(DropReason.TENANT_SHARE));
        assertEquals(20_200, counts.offered());
        assertEquals(counts.exported(), first.spans().size());
        long calm = first.spans().stream()
                .filter(span ->
                        span.span().getStartTimeUnixNano() > Spans.of("", CALM).getStartEpochNanos())
                .count();
        assertEquals(200, calm);
    }

    @Test
    void allDestinationsThatHangEndWithinOneBound() {
        start(at("a", first), at("b", second));
        first.behave(Behaviour.HANG);
        second.behave(Behaviour.HANG);
        exports.to(List.of("a", "b")).offer(Spans.of("acme", 1));
        first.awaitRequests(1);
        second.awaitRequests(1);
        exports.close(Duration.ofMillis(100));
        for (String name : List.of("a", "b")) {
            assertEquals(Map.of(DropReason.SHUTDOWN, 1L), only(assertBalanced(name)));
            assertEquals(State.CLOSING, destination(name).state());
        }
    }
}
