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

    /** Returns a pending request that is never cancelled. */
    private static PendingRequest patient(BooleanSupplier served) {
        return new PendingRequest() {
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

    private static final PendingRequest CANCELLED = new PendingRequest() {
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
    void cancelledRequestsDoNotFillTheQueue() {
        Permits permits = new Permits(1, 2);
        List<String> served = new ArrayList<>();
        assertTrue(permits.tryAcquire());
        assertTrue(permits.tryQueue(CANCELLED));
        assertTrue(permits.tryQueue(CANCELLED));

        assertTrue(permits.tryQueue(patient(() -> served.add("late"))));
        permits.release();

        assertEquals(List.of("late"), served);
    }

    @Test
    void grantsUpToItsCapacity() {
        Permits permits = new Permits(2, 0);

        assertTrue(permits.tryAcquire());
        assertTrue(permits.tryAcquire());
        assertFalse(permits.tryAcquire());
        permits.release();
        assertTrue(permits.tryAcquire());
        assertEquals(2, permits.inside());
    }

    @Test
    void servesTheQueueInOrderAndRejectsWhenFull() {
        Permits permits = new Permits(1, 2);
        List<String> served = new ArrayList<>();
        assertTrue(permits.tryAcquire());

        assertTrue(permits.tryQueue(patient(() -> served.add("first"))));
        assertTrue(permits.tryQueue(patient(() -> served.add("second"))));
        assertFalse(permits.tryQueue(patient(() -> served.add("third"))));
        permits.release();
        assertEquals(List.of("first"), served);
        permits.release();
        assertEquals(List.of("first", "second"), served);
        assertTrue(permits.tryQueue(patient(() -> served.add("fourth"))), "the queue has room again");
    }

    @Test
    void skipsCancelledRequests() {
        Permits permits = new Permits(1, 5);
        List<String> served = new ArrayList<>();
        assertTrue(permits.tryAcquire());
        permits.tryQueue(CANCELLED);
        permits.tryQueue(patient(() -> served.add("patient")));

        permits.release();

        assertEquals(List.of("patient"), served);
        assertEquals(1, permits.inside());
    }

    @Test
    void servesARequestQueuedJustAfterTheLastRelease() {
        Permits permits = new Permits(1, 5);
        List<String> served = new ArrayList<>();

        assertTrue(permits.tryQueue(patient(() -> served.add("late"))));

        assertEquals(List.of("late"), served);
        assertEquals(1, permits.inside());
    }

    @Test
    void neverExceedsItsCapacityNorLosesARequestAcrossThreads() throws Exception {
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
                    permits.tryQueue(patient(() -> {
                        most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                        granted.countDown();
                        return true;
                    }));
                    granted.await();
                    inside.decrementAndGet();
                    permits.release();
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
