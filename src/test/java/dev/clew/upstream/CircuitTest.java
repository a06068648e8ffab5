package dev.clew.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.error.ErrorKind;
import dev.clew.error.GrpcStatus;
import dev.clew.tenant.upstream.CircuitBreaker;
import dev.clew.tenant.upstream.CircuitBreaker.FailureRatio;
import dev.clew.upstream.Circuit.Cause;
import dev.clew.upstream.Circuit.Pass;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** State changes and admission of a circuit, with a clock that only the test advances. */
class CircuitTest {

    private static final Duration OPEN_FOR = Duration.ofSeconds(10);
    private static final ErrorKind REFUSED = ErrorKind.UPSTREAM_UNREACHABLE;

    private final AtomicLong now = new AtomicLong(-7);
    private final List<String> changes = java.util.Collections.synchronizedList(new ArrayList<>());
    private boolean noAddressConnects = true;

    private Circuit circuit(int connectFailures, int consecutiveFailures, double ratio, int halfOpenRequests) {
        FailureRatio failureRatio = new FailureRatio(ratio, Duration.ofSeconds(10), 4);
        CircuitBreaker settings = new CircuitBreaker(
                connectFailures, consecutiveFailures, failureRatio, true, OPEN_FOR, halfOpenRequests);
        return new Circuit(settings, () -> noAddressConnects, now::get, new Circuit.Listener() {
            @Override
            public void opened(Cause cause) {
                changes.add("open " + cause);
            }

            @Override
            public void halfOpened() {
                changes.add("half-open");
            }

            @Override
            public void closed() {
                changes.add("closed");
            }
        });
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    private static Pass admit(Circuit circuit) {
        Pass pass = circuit.tryAdmit();
        assertTrue(pass != null, "refused");
        return pass;
    }

    private static void fail(Circuit circuit, ErrorKind kind, int times) {
        for (int i = 0; i < times; i++) {
            circuit.ended(admit(circuit), 0, null, kind);
        }
    }

    private static void respond(Circuit circuit, int status) {
        circuit.ended(admit(circuit), status, null, null);
    }

    @ParameterizedTest
    @EnumSource(names = {"UPSTREAM_UNREACHABLE", "CONNECT_TIMEOUT"})
    void opensAfterConsecutiveConnectFailures(ErrorKind kind) {
        Circuit circuit = circuit(3, 0, 0, 1);
        fail(circuit, kind, 2);
        respond(circuit, 503);
        fail(circuit, kind, 2);
        assertFalse(circuit.rejects());
        fail(circuit, kind, 1);

        assertTrue(circuit.rejects());
        assertNull(circuit.tryAdmit());
        assertTrue(circuit.isDown());
        assertEquals(List.of("open UNREACHABLE"), changes);
    }

    @Test
    void staysClosedWhileAnyAddressAcceptsConnections() {
        Circuit circuit = circuit(3, 0, 0, 1);
        noAddressConnects = false;
        fail(circuit, REFUSED, 100);
        assertTrue(circuit.isClosed());
        noAddressConnects = true;
        fail(circuit, REFUSED, 1);
        assertFalse(circuit.isClosed());
    }

    @Test
    void opensAfterConsecutiveFailuresOfAnyKind() {
        Circuit circuit = circuit(0, 4, 0, 1);
        fail(circuit, ErrorKind.RESPONSE_TIMEOUT, 3);
        respond(circuit, 200);
        fail(circuit, ErrorKind.UPSTREAM_RESET, 1);
        fail(circuit, REFUSED, 1);
        respond(circuit, 500);
        circuit.ended(admit(circuit), 200, GrpcStatus.UNAVAILABLE, null);
        assertEquals(List.of("open CONSECUTIVE_FAILURES"), changes);
        assertFalse(circuit.isUnreachable());
    }

    @Test
    void opensByTheFailureRatioInTheWindow() {
        Circuit circuit = circuit(0, 0, 0.5, 1);
        fail(circuit, ErrorKind.UPSTREAM_RESET, 3);
        assertTrue(circuit.isClosed(), "three are not counted");
        pass(Duration.ofSeconds(11));
        respond(circuit, 200);
        respond(circuit, 200);
        respond(circuit, 200);
        fail(circuit, ErrorKind.UPSTREAM_RESET, 2);
        assertTrue(circuit.isClosed(), "old failures do not count");
        pass(Duration.ofSeconds(3));
        fail(circuit, ErrorKind.UPSTREAM_RESET, 1);
        assertEquals(List.of("open FAILURE_RATIO"), changes);
    }

    @ParameterizedTest
    @EnumSource(
            names = {
                "CLIENT_GONE",
                "CLIENT_STALLED",
                "REQUEST_OVERDUE",
                "REQUEST_TOO_LARGE",
                "REQUEST_TIMEOUT",
                "INTERNAL"
            })
    void failuresThatAreNotTheUpstreamsAreNotCounted(ErrorKind kind) {
        Circuit circuit = circuit(1, 1, 0.01, 1);
        fail(circuit, kind, 10);
        circuit.ended(admit(circuit), 0, null, null);
        assertTrue(circuit.isClosed());
    }

    @Test
    void aTruncatedBodyCounts() {
        Circuit circuit = circuit(0, 2, 0, 1);
        circuit.ended(admit(circuit), 200, null, ErrorKind.UPSTREAM_RESET);
        circuit.ended(admit(circuit), 200, null, ErrorKind.IDLE_TIMEOUT);
        assertFalse(circuit.isClosed());
    }

    @Test
    void rejectsUntilProbesAreDueAndSaysHowLong() {
        Circuit circuit = circuit(1, 0, 0, 1);
        fail(circuit, REFUSED, 1);
        assertEquals("10", circuit.rejection().headers().get("retry-after"));
        pass(Duration.ofMillis(8100));
        assertEquals("2", circuit.rejection().headers().get("retry-after"));
        assertNull(circuit.tryAdmit());
        pass(Duration.ofMillis(1900));
        assertFalse(circuit.rejects());
        assertTrue(admit(circuit).isProbe());
        assertEquals("1", circuit.rejection().headers().get("retry-after"));
        assertEquals(List.of("open UNREACHABLE", "half-open"), changes);
    }

    @Test
    void aHeadWithAFailureCountsImmediatelyAndOnce() {
        Circuit circuit = circuit(0, 2, 0, 1);
        Pass held = circuit.responded(admit(circuit), 503);
        circuit.ended(held, 503, null, ErrorKind.UPSTREAM_RESET);
        assertTrue(circuit.isClosed());
        circuit.responded(admit(circuit), 503);
        assertFalse(circuit.isClosed());
    }

    private Circuit halfOpen(int requests) {
        Circuit circuit = circuit(1, 1, 0, requests);
        fail(circuit, REFUSED, 1);
        pass(OPEN_FOR);
        changes.clear();
        return circuit;
    }

    @Test
    void probesAreBoundedAndDecide() {
        Circuit circuit = halfOpen(2);
        Pass first = admit(circuit);
        Pass second = admit(circuit);
        assertNull(circuit.tryAdmit());
        assertTrue(circuit.rejects());
        circuit.ended(first, 200, null, null);
        assertNull(circuit.tryAdmit());
        circuit.ended(second, 200, null, null);
        assertFalse(admit(circuit).isProbe());
        assertEquals(List.of("half-open", "closed"), changes);
    }

    @Test
    void oneFailedProbeReopensIt() {
        Circuit circuit = halfOpen(2);
        Pass first = admit(circuit);
        Pass second = admit(circuit);
        circuit.ended(first, 200, null, null);
        circuit.ended(second, 0, null, ErrorKind.RESPONSE_TIMEOUT);
        assertNull(circuit.tryAdmit());
        assertFalse(circuit.isUnreachable(), "there was a connection");
        assertEquals(List.of("half-open", "open PROBE_FAILED"), changes);
    }

    @Test
    void aProbeOfADisconnectedClientMakesRoomForAnother() {
        Circuit circuit = halfOpen(1);
        circuit.ended(admit(circuit), 0, null, null);
        circuit.ended(admit(circuit), 200, null, null);
        assertTrue(circuit.isClosed());
    }

    @Test
    void aProbesHeadDecidesAndALaterFailureCountsAsAnyOther() {
        Circuit circuit = halfOpen(1);
        Pass held = circuit.responded(admit(circuit), 200);
        assertTrue(circuit.isClosed());
        circuit.ended(held, 200, null, ErrorKind.UPSTREAM_RESET);
        assertFalse(circuit.isClosed());
    }

    @Test
    void aProbeIsCountedOnce() {
        Circuit circuit = halfOpen(2);
        Pass held = circuit.responded(admit(circuit), 200);
        circuit.ended(held, 200, null, null);
        assertFalse(circuit.isClosed());
        circuit.responded(admit(circuit), 503);
        assertEquals(List.of("half-open", "open PROBE_FAILED"), changes);
    }

    @Test
    void slowProbesBlockNoOthers() {
        Circuit circuit = halfOpen(1);
        Pass slow = admit(circuit);
        assertNull(circuit.tryAdmit());
        pass(OPEN_FOR);
        Pass other = admit(circuit);
        assertNull(circuit.tryAdmit());
        circuit.ended(slow, 200, null, null);
        assertTrue(circuit.isClosed());
        circuit.ended(other, 0, null, REFUSED);
        assertTrue(circuit.isClosed(), "it began before the circuit closed");
    }

    @Test
    void attemptsFromBeforeTheOpeningAreNotCounted() {
        Circuit circuit = circuit(1, 1, 0, 1);
        Pass early = admit(circuit);
        Pass alsoEarly = admit(circuit);
        fail(circuit, REFUSED, 1);
        circuit.ended(early, 200, null, null);
        assertTrue(circuit.isOpen());
        pass(OPEN_FOR);
        circuit.ended(admit(circuit), 200, null, null);
        circuit.ended(alsoEarly, 0, null, ErrorKind.RESPONSE_TIMEOUT);
        assertTrue(circuit.isClosed());
    }

    @Test
    void closesOnASuccessOutsideTheRequests() {
        Circuit circuit = circuit(1, 0, 0, 1);
        fail(circuit, REFUSED, 1);
        circuit.close();
        circuit.close();
        assertFalse(admit(circuit).isProbe());
        assertEquals(List.of("open UNREACHABLE", "closed"), changes);
    }

    @Test
    void newAddressesAreProbedImmediately() {
        Circuit circuit = circuit(1, 0, 0, 1);
        circuit.allowProbe();
        fail(circuit, REFUSED, 1);
        circuit.allowProbe();
        assertTrue(admit(circuit).isProbe());
    }

    @Test
    void isDownUntilAConnectionSucceedsOrProbesAreDue() {
        Circuit unreachable = circuit(1, 0, 0, 1);
        fail(unreachable, REFUSED, 1);
        Circuit failing = circuit(0, 1, 0, 1);
        fail(failing, ErrorKind.UPSTREAM_RESET, 1);
        assertTrue(unreachable.isDown() && failing.isDown());
        pass(OPEN_FOR);
        assertTrue(unreachable.isDown());
        assertFalse(failing.isDown());
        admit(failing);
        assertTrue(failing.isDown(), "a probe is under way");
    }

    @Test
    void neverOpensWhenDisabled() {
        Circuit circuit = circuit(0, 0, 0, 1);
        fail(circuit, REFUSED, 2000);
        fail(circuit, ErrorKind.UPSTREAM_RESET, 2000);
        assertEquals(List.of(), changes);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void concurrentThreadsAdmitTheExactNumberOfProbes(int probes) throws InterruptedException {
        for (int round = 0; round < 200; round++) {
            Circuit circuit = halfOpen(probes);
            AtomicInteger through = new AtomicInteger();
            CountDownLatch start = new CountDownLatch(1);
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                Thread thread = new Thread(() -> {
                    try {
                        start.await();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                    for (int attempt = 0; attempt < 2; attempt++) {
                        if (circuit.tryAdmit() != null) {
                            through.incrementAndGet();
                        }
                    }
                });
                thread.start();
                threads.add(thread);
            }
            start.countDown();
            for (Thread thread : threads) {
                thread.join();
            }
            assertEquals(probes, through.get());
        }
    }
}
