package dev.clew.contract.client;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Writes a long body, or reads and compares one, on its own thread, and counts the bytes. The length is prime, so that
 * a lost or moved byte cannot align with a buffer.
 */
public final class Pump {

    private static final byte[] PATTERN = new byte[65_521];

    static {
        new Random(7).nextBytes(PATTERN);
    }

    private final AtomicLong moved = new AtomicLong();
    private final CompletableFuture<Void> finished = new CompletableFuture<>();
    private final long total;

    private interface Work {
        void run() throws IOException;
    }

    private Pump(long total) {
        this.total = total;
    }

    public static Pump write(OutputStream out, long total) {
        Pump pump = new Pump(total);
        return pump.begin(() -> pump.writeAll(out));
    }

    public static Pump read(InputStream in, long total) {
        Pump pump = new Pump(total);
        return pump.begin(() -> pump.readAll(in));
    }

    private Pump begin(Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                        finished.complete(null);
                    } catch (IOException | AssertionError e) {
                        finished.completeExceptionally(e);
                    }
                },
                "pump");
        thread.setDaemon(true);
        thread.start();
        return this;
    }

    private void writeAll(OutputStream out) throws IOException {
        while (moved.get() < total) {
            int length = (int) Math.min(PATTERN.length, total - moved.get());
            out.write(PATTERN, 0, length);
            moved.addAndGet(length);
        }
        out.flush();
    }

    private void readAll(InputStream in) throws IOException {
        byte[] buffer = new byte[PATTERN.length];
        while (moved.get() < total) {
            int offset = (int) (moved.get() % PATTERN.length);
            int wanted = (int) Math.min(PATTERN.length - offset, total - moved.get());
            int length = in.read(buffer, 0, wanted);
            if (length < 0) {
                throw new EOFException("ended after " + moved + " of " + total + " bytes");
            }
            if (!Arrays.equals(buffer, 0, length, PATTERN, offset, offset + length)) {
                throw new AssertionError("unexpected bytes, after " + moved);
            }
            moved.addAndGet(length);
        }
    }

    long moved() {
        return moved.get();
    }

    /** Waits for the end; fails with the pump's failure. */
    public void awaitFinished() {
        finished.orTimeout(2, TimeUnit.MINUTES).join();
    }

    /**
     * Returns the number of moved bytes once it stays the same during other work, which takes much longer than a write.
     */
    public long awaitStuck(Runnable otherWork) {
        long before = -1;
        while (before != moved.get() && !finished.isDone()) {
            before = moved.get();
            otherWork.run();
        }
        return moved.get();
    }
}
