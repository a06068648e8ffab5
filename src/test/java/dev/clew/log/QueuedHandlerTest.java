package dev.clew.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jboss.logmanager.ExtHandler;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.Level;
import org.junit.jupiter.api.Test;

class QueuedHandlerTest {

    private static final long ROOM = 64 << 10;
    private static final int MORE_THAN_FIT = 1000;

    private final LongAdder lost = new LongAdder();
    private final CountDownLatch readAgain = new CountDownLatch(1);
    private final CountDownLatch caughtUp = new CountDownLatch(1);
    private final List<String> written = new ArrayList<>();

    /** A handler that blocks as on a full pipe. */
    private final class Stalled extends ExtHandler {
        @Override
        protected void doPublish(ExtLogRecord record) {
            try {
                readAgain.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            synchronized (written) {
                written.add(record.getMessage());
            }
        }
    }

    private QueuedHandler handler() {
        return new QueuedHandler(new Stalled(), ROOM, lost, () -> {
                    if (readAgain.getCount() == 0 && !written().isEmpty()) {
                        caughtUp.countDown();
                    }
                })
                .started();
    }

    private List<String> written() {
        synchronized (written) {
            return List.copyOf(written);
        }
    }

    private static ExtLogRecord line(int number) {
        return new ExtLogRecord(Level.INFO, "line " + number, "test");
    }

    private static long soon() {
        return System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    }

    @Test
    void neverBlocksOnAStalledWriterAndCountsDroppedRecords() throws InterruptedException {
        QueuedHandler handler = handler();
        for (int i = 0; i < MORE_THAN_FIT; i++) {
            handler.publish(line(i));
        }
        long missing = lost.sum();
        assertTrue(missing > 0 && missing < MORE_THAN_FIT, "lost: " + missing);
        assertEquals(List.of(), written());

        readAgain.countDown();
        assertTrue(caughtUp.await(60, TimeUnit.SECONDS));
        assertEquals(MORE_THAN_FIT - missing, written().size());
        for (int i = 0; i < written().size(); i++) {
            assertEquals("line " + i, written().get(i));
        }
        handler.publish(line(MORE_THAN_FIT));
        assertTrue(handler.awaitDrained(soon()));
        handler.end();
        assertEquals("line " + MORE_THAN_FIT, written().get(written().size() - 1));
        assertEquals(missing, lost.sum());
    }

    @Test
    void abandonsADrainThatAStalledWriterBlocks() {
        QueuedHandler handler = handler();
        handler.publish(line(0));
        assertFalse(handler.awaitDrained(System.nanoTime()));
        handler.close();
        handler.publish(line(1));
        readAgain.countDown();
        assertTrue(handler.awaitDrained(soon()));
        handler.end();
        assertEquals(List.of("line 0", "line 1"), written());
    }

    @Test
    void writesRecordsOnTheLoggingThreadAfterTheEnd() {
        QueuedHandler handler = handler();
        readAgain.countDown();
        assertTrue(handler.awaitDrained(soon()));
        handler.end();
        handler.publish(line(7));
        assertEquals(List.of("line 7"), written());
    }

    /** A permanently stalled handler would lose each report of a loss as well. */
    @Test
    void doesNotReportLossesOfAnotherHandler() {
        LongAdder told = new LongAdder();
        readAgain.countDown();
        QueuedHandler quick = new QueuedHandler(new Stalled(), ROOM, lost, told::increment).started();
        for (int i = 0; i < MORE_THAN_FIT / 10; i++) {
            lost.increment();
            quick.publish(line(i));
        }
        assertTrue(quick.awaitDrained(soon()));
        quick.end();
        assertEquals(0, told.sum());
    }
}
