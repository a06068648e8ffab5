package dev.clew.export.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.export.Spans;
import dev.clew.export.settings.QueueSettings;
import dev.clew.export.settings.Signal;
import io.opentelemetry.api.common.AttributeKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExportQueueTest {

    private final ExportCounters counters = new ExportCounters(Signal.TRACES, "d");
    private final AtomicInteger wakes = new AtomicInteger();

    private ExportQueue<QueuedSpan> queue(int maxItems, long maxBytes, int batch) {
        QueueSettings settings =
                new QueueSettings(maxItems, maxBytes, batch, Duration.ofSeconds(1), Duration.ofSeconds(1));
        return new ExportQueue<>(settings, counters, wakes::incrementAndGet);
    }

    private void offer(ExportQueue<QueuedSpan> queue, FinishedSpan span) {
        counters.offered();
        DropReason reason = queue.admit(span);
        if (reason != null) {
            counters.drop(reason);
        }
    }

    private static void settle(ExportQueue<QueuedSpan> queue, List<QueuedSpan> spans, @Nullable DropReason reason) {
        queue.settle(spans, reason == null ? 0 : spans.size(), reason == null ? DropReason.REJECTED : reason);
    }

    private ExportCounts counts() {
        ExportCounts counts = counters.counts();
        assertEquals(
                counts.offered(),
                counts.exported() + counts.dropped() + counts.queued().items(),
                counts::toString);
        return counts;
    }

    private static List<QueuedSpan> drain(ExportQueue<QueuedSpan> queue) {
        List<QueuedSpan> spans = new ArrayList<>();
        queue.drainTo(spans);
        return spans;
    }

    @Test
    void oneFloodingTenantCostsAnotherNothing() {
        ExportQueue<QueuedSpan> queue = queue(300, 1 << 20, 10);
        for (int n = 0; n < 100_000; n++) {
            offer(queue, Spans.of("flood", n));
            if (n % 2000 == 0) {
                offer(queue, Spans.of("calm", n));
            }
        }
        ExportCounts counts = counts();
        assertEquals(counts.dropped(), counts.droppedByReason().get(DropReason.TENANT_SHARE));
        List<String> tenants = new ArrayList<>();
        for (List<QueuedSpan> spans = drain(queue); !spans.isEmpty(); spans = drain(queue)) {
            spans.forEach(span -> tenants.add(span.tenant()));
        }
        assertEquals(50, tenants.stream().filter("calm"::equals).count());
        assertEquals(199, tenants.stream().filter("flood"::equals).count(), "two thirds of the queue");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 10})
    void manyFloodingTenantsLeaveRoomForOneMore(int floods) {
        ExportQueue<QueuedSpan> queue = queue(2048, 8 << 20, 512);
        for (int n = 0; n < 5000; n++) {
            for (int tenant = 0; tenant < floods; tenant++) {
                offer(queue, Spans.of("flood-" + tenant, n));
            }
        }
        long before = counts().dropped();
        for (int n = 0; n < 60; n++) {
            offer(queue, Spans.of("calm", n));
        }
        assertEquals(before, counts().dropped());
    }

    @Test
    void aTenantsBytesAreBoundedTooAndEveryTenantMayHoldOneSpan() {
        AttributeKey<String> key = AttributeKey.stringKey("k");
        ExportQueue<QueuedSpan> queue = queue(1000, 100_000, 10);
        for (int n = 0; n < 100; n++) {
            offer(queue, Spans.of("flood", n, Spans.SHARED.with(key, "x".repeat(10_000))));
        }
        offer(queue, Spans.of("calm", 1, Spans.SHARED.with(key, "x".repeat(20_000))));
        assertEquals(7, counts().queued().items());
        assertTrue(counts().queued().bytes() <= 100_000);
        offer(queue, Spans.of("huge", 1, Spans.SHARED.with(key, "x".repeat(100_001))));
        assertEquals(1, counts().droppedByReason().get(DropReason.TOO_LARGE));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 64, 1000})
    void holdsNoMoreThanItsCapacityWhateverThatIs(int capacity) {
        ExportQueue<QueuedSpan> queue = queue(capacity, 1 << 30, 1);
        for (int n = 0; n < 3000; n++) {
            offer(queue, Spans.of("tenant-" + n, n));
        }
        assertEquals(capacity, counts().queued().items());
        assertEquals(3000 - capacity, counts().droppedByReason().get(DropReason.QUEUE_FULL));
        for (int n = 0; n < capacity; n++) {
            List<QueuedSpan> drained = drain(queue);
            assertEquals(1, drained.size());
            settle(queue, drained, null);
        }
        assertEquals(capacity, counts().exported());
        assertEquals(0, counts().queued().bytes());
    }

    @Test
    void countsDrainedSpansAsQueuedUntilTheyAreSettled() {
        ExportQueue<QueuedSpan> queue = queue(10, 1 << 20, 10);
        offer(queue, Spans.of("acme", 1));
        List<QueuedSpan> drained = drain(queue);
        assertEquals(1, counts().queued().items());
        settle(queue, drained, DropReason.EXPORT_FAILED);
        assertEquals(0, counts().queued().items());
        assertEquals(1, counts().droppedByReason().get(DropReason.EXPORT_FAILED));
    }

    @Test
    void wakesTheDrainingThreadOncePerBatch() {
        ExportQueue<QueuedSpan> queue = queue(100, 1 << 20, 10);
        assertTrue(queue.prepareToSleep());
        for (int n = 0; n < 30; n++) {
            offer(queue, Spans.of("acme", n));
            assertEquals(n < 9 ? 0 : 1, wakes.get());
        }
        assertFalse(queue.prepareToSleep());
    }

    @Test
    void losesNoSpanAndNoCountWithManyThreadsOffering() throws InterruptedException {
        ExportQueue<QueuedSpan> queue = queue(64, 1 << 20, 16);
        int threads = 4;
        int each = 50_000;
        CountDownLatch offered = new CountDownLatch(threads);
        AtomicBoolean done = new AtomicBoolean();
        List<Thread> started = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
            String tenant = "tenant-" + t;
            started.add(new Thread(() -> {
                for (int n = 0; n < each; n++) {
                    offer(queue, Spans.of(tenant, n));
                }
                offered.countDown();
            }));
        }
        int[] drained = {0};
        Thread drainer = new Thread(() -> {
            while (!done.get() || queue.queued() > 0) {
                List<QueuedSpan> spans = drain(queue);
                drained[0] += spans.size();
                settle(queue, spans, spans.size() % 2 == 0 ? null : DropReason.EXPORT_FAILED);
            }
        });
        started.add(drainer);
        started.forEach(Thread::start);
        offered.await();
        done.set(true);
        for (Thread thread : started) {
            thread.join();
        }
        ExportCounts counts = counts();
        assertEquals((long) threads * each, counts.offered());
        assertEquals(drained[0], counts.exported() + counts.droppedByReason().get(DropReason.EXPORT_FAILED));
        assertEquals(0, counts.queued().items());
        assertEquals(0, counts.queued().bytes());
    }
}
