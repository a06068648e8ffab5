package dev.clew.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

class PermitsTest {

    /** Waits until it is served. */
    private static Waiter patient(BooleanSupplier served) {
        return new Waiter() {
            @Override
            public boolean grant() {
                return served.getAsBoolean();
            }

            @Override
            public boolean isWaiting() {
                return true;
            }
        };
    }

    private static final Waiter DESERTER = new Waiter() {
        @Override
        public boolean grant() {
            return false;
        }

        @Override
        public boolean isWaiting() {
            return false;
        }
    };

    @Test
    void countsNobodyWhoHasGivenUpWhenTheLineIsFull() {
        Permits permits = new Permits(1, 2);
        List<String> served = new ArrayList<>();
        assertTrue(permits.tryEnter());
        assertTrue(permits.tryWait(DESERTER));
        assertTrue(permits.tryWait(DESERTER));

        assertTrue(permits.tryWait(patient(() -> served.add("late"))));
        permits.leave();

        assertEquals(List.of("late"), served);
    }

    @Test
    void letsInAsManyAsItHasRoomFor() {
        Permits permits = new Permits(2, 0);

        assertTrue(permits.tryEnter());
        assertTrue(permits.tryEnter());
        assertFalse(permits.tryEnter());
        permits.leave();
        assertTrue(permits.tryEnter());
        assertEquals(2, permits.inside());
    }

    @Test
    void servesTheLineInOrderAndRefusesWhoeverFindsItFull() {
        Permits permits = new Permits(1, 2);
        List<String> served = new ArrayList<>();
        assertTrue(permits.tryEnter());

        assertTrue(permits.tryWait(patient(() -> served.add("first"))));
        assertTrue(permits.tryWait(patient(() -> served.add("second"))));
        assertFalse(permits.tryWait(patient(() -> served.add("third"))));
        permits.leave();
        assertEquals(List.of("first"), served);
        permits.leave();
        assertEquals(List.of("first", "second"), served);
        assertTrue(permits.tryWait(patient(() -> served.add("fourth"))), "the line has room again");
    }

    @Test
    void passesOverThoseWhoNoLongerWait() {
        Permits permits = new Permits(1, 5);
        List<String> served = new ArrayList<>();
        assertTrue(permits.tryEnter());
        permits.tryWait(DESERTER);
        permits.tryWait(patient(() -> served.add("patient")));

        permits.leave();

        assertEquals(List.of("patient"), served);
        assertEquals(1, permits.inside());
    }

    @Test
    void servesWhoeverJoinsTheLineJustAfterTheLastOneLeft() {
        Permits permits = new Permits(1, 5);
        List<String> served = new ArrayList<>();

        assertTrue(permits.tryWait(patient(() -> served.add("late"))));

        assertEquals(List.of("late"), served);
        assertEquals(1, permits.inside());
    }

    @Test
    void neverLetsInTooManyNorForgetsOneOfManyThreads() throws Exception {
        int threads = 4;
        int rounds = 20_000;
        Permits permits = new Permits(3, threads * rounds);
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        List<Future<?>> done = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
            done.add(pool.submit(() -> {
                for (int i = 0; i < rounds; i++) {
                    CountDownLatch granted = new CountDownLatch(1);
                    permits.tryWait(patient(() -> {
                        most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                        granted.countDown();
                        return true;
                    }));
                    granted.await();
                    inside.decrementAndGet();
                    permits.leave();
                }
                return null;
            }));
        }
        for (Future<?> each : done) {
            each.get();
        }
        pool.shutdown();

        assertTrue(most.get() <= 3, "at most 3 inside, were " + most);
        assertEquals(0, inside.get());
        assertEquals(0, permits.inside());
    }
}
