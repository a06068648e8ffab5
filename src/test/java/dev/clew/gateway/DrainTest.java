package dev.clew.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.connection.ClientConnections;
import dev.clew.connection.ConnectionLifetime;
import dev.clew.tenant.Snapshot;
import dev.clew.tenant.Tenants;
import dev.clew.testing.LogLines;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The steps of a shutdown, on a clock that only its waits advance. */
class DrainTest {

    private static final Duration DELAY = Duration.ofSeconds(5);
    private static final Duration BOUND = Duration.ofSeconds(25);

    private final Tenants tenants = new Tenants(Snapshot.of(List.of()));
    private final TreeMap<Duration, Runnable> events = new TreeMap<>();
    private final ClientConnections clients = new ClientConnections(
            Duration.ofSeconds(5), new ConnectionLifetime(Duration.ofMinutes(10), 0, Duration.ofMinutes(1)), () -> 0);
    private final Clock clock = new Clock();
    private final Drain drain =
            new Drain(tenants, null, clients, new Drain.Bounds(DELAY, BOUND, Duration.ofSeconds(3)), clock);

    private final class Clock implements Waiting {

        private long now;

        @Override
        public long nanoTime() {
            return now;
        }

        @Override
        public void sleep(long nanos) {
            now += nanos;
            while (!events.isEmpty() && events.firstKey().toNanos() <= now) {
                events.pollFirstEntry().getValue().run();
            }
        }
    }

    @Test
    void acceptsUntilLoadBalancersKnowOfIt() throws InterruptedException {
        List<Boolean> states = new ArrayList<>();
        events.put(DELAY, () -> states.addAll(List.of(drain.isUnderWay(), drain.isAccepting())));
        assertFalse(drain.isUnderWay());

        drain.finishRequests(null);

        assertEquals(List.of(true, true), states);
        assertFalse(drain.isAccepting());
        assertTrue(clock.now >= DELAY.toNanos());
    }

    @Test
    void waitsForTheRequestsInFlightAndNoLonger() throws InterruptedException {
        Snapshot used = tenants.begin();
        Duration end = DELAY.plusSeconds(10);
        events.put(end, used::ended);

        drain.finishRequests(null);

        assertEquals(0, tenants.active());
        assertEquals(end.toNanos(), clock.now);
    }

    @Test
    void abortsRequestsAtTheBound() throws InterruptedException {
        tenants.begin();
        try (LogLines log = new LogLines("dev.clew")) {
            drain.finishRequests(null);
            assertEquals(
                    1, log.with("1 requests were still in flight after 25 s").size());
        }
        long first = Waiting.STEP_NANOS;
        assertEquals(DELAY.plus(BOUND).toNanos() + first, clock.now);
    }
}
