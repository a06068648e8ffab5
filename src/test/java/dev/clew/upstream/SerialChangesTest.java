package dev.clew.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class SerialChangesTest {

    private final SerialChanges changes = new SerialChanges();
    private final List<String> made = new ArrayList<>();

    @Test
    void changeRunsAtOnceWhileNoOtherDoes() {
        changes.make(() -> made.add("a"));

        assertEquals(List.of("a"), made);
    }

    @Test
    void changeSubmittedByAnotherRunsAfterIt() {
        changes.make(() -> {
            changes.make(() -> made.add("second"));
            made.add("first");
        });

        assertEquals(List.of("first", "second"), made);
    }

    @Test
    void exceptionInOneChangeDoesNotStopTheNext() {
        changes.make(() -> {
            throw new IllegalStateException("a fault that the test makes");
        });
        changes.make(() -> {
            throw new AssertionError("an error that the test makes");
        });
        changes.make(() -> made.add("next"));

        assertEquals(List.of("next"), made);
    }

    @Test
    void changesOfManyThreadsRunOneAtATime() throws InterruptedException {
        int threads = 4;
        int each = 20_000;
        int[] count = {0};
        CountDownLatch start = new CountDownLatch(1);
        List<Thread> running = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            Thread thread = new Thread(() -> {
                awaitQuietly(start);
                for (int j = 0; j < each; j++) {
                    changes.make(() -> count[0]++);
                }
            });
            thread.start();
            running.add(thread);
        }
        start.countDown();
        for (Thread thread : running) {
            thread.join();
        }

        assertEquals(threads * each, count[0]);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
