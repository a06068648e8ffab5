package dev.clew.exchange;

import io.opentelemetry.sdk.common.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

/**
 * The process's clock for timestamps: maps moments of {@link System#nanoTime} to epoch nanoseconds.
 *
 * <p>A moment has one epoch time, whoever asks and whenever, and a later moment never has an earlier one. So a span
 * never begins before its parent, provided that both are of this process and use the same instance, as OpenTelemetry's
 * SDK does.
 *
 * <p>The wall clock is compared once a second. A difference of up to a millisecond is left alone; on Linux both clocks
 * are disciplined alike, so that a larger one means that the wall clock was set. If it was set forward, this clock
 * follows at once; if it was set back, this clock runs at half its speed until they agree. Set back by more than ten
 * seconds it follows at once, too: hours of wrong timestamps would be worse than one moment out of order.
 */
public final class EpochClock implements Clock {

    private static final long SECOND = 1_000_000_000L;
    private static final long COMPARED_EVERY = SECOND;
    private static final long TOLERANCE = SECOND / 1_000;
    private static final long MOST_SLOWED = 10 * SECOND;
    private static final int MAX_CORRECTIONS = 16;
    private static final int READINGS = 5;

    /**
     * The mapping after one correction, until the next. Offsets are epoch time minus {@link System#nanoTime}.
     *
     * @param since the last moment of the previous mapping
     * @param from the offset at {@code since}
     * @param target the wall clock's offset
     */
    private record Correction(long since, long from, long target) {

        long offsetAt(long nanoTime) {
            return Math.max(target, from - Math.max(0, nanoTime - since) / 2);
        }
    }

    /**
     * The decided part of the mapping: moments up to {@code until} keep their epoch times.
     *
     * @param corrections the latest first; never empty
     */
    private record Decided(long until, List<Correction> corrections) {

        long epochNanosAt(long nanoTime) {
            int i = 0;
            while (i < corrections.size() - 1 && nanoTime - corrections.get(i).since <= 0) {
                i++;
            }
            return nanoTime + corrections.get(i).offsetAt(nanoTime);
        }
    }

    private final LongSupplier nanoClock;
    private final LongSupplier wallClock;
    private final AtomicReference<Decided> decided;

    public EpochClock() {
        this(System::nanoTime, EpochClock::wallNanos);
    }

    /** @param wallClock epoch nanoseconds */
    EpochClock(LongSupplier nanoClock, LongSupplier wallClock) {
        this.nanoClock = nanoClock;
        this.wallClock = wallClock;
        long now = nanoClock.getAsLong();
        long offset = wallOffset();
        this.decided =
                new AtomicReference<>(new Decided(now + COMPARED_EVERY, List.of(new Correction(now, offset, offset))));
    }

    /**
     * Returns the epoch time of a moment, in nanoseconds.
     *
     * @param nanoTime the moment, in {@link System#nanoTime} time; not in the future
     */
    public long epochNanosAt(long nanoTime) {
        Decided current = Objects.requireNonNull(decided.get());
        if (nanoTime - current.until > 0) {
            current = decidedFor(nanoTime);
        }
        return current.epochNanosAt(nanoTime);
    }

    /** Returns the current epoch time, in nanoseconds. */
    @Override
    public long now() {
        return epochNanosAt(nanoClock.getAsLong());
    }

    @Override
    public long nanoTime() {
        return nanoClock.getAsLong();
    }

    /** Compares with the wall clock if nobody did for a second. Without a lock: an event loop must not wait for one. */
    private Decided decidedFor(long nanoTime) {
        return decided.updateAndGet(current -> nanoTime - current.until > 0
                ? new Decided(
                        nanoClock.getAsLong() + COMPARED_EVERY,
                        corrected(current.corrections, current.until, wallOffset()))
                : current);
    }

    private static List<Correction> corrected(List<Correction> before, long since, long target) {
        Correction latest = before.get(0);
        if (Math.abs(target - latest.target) <= TOLERANCE) {
            return before;
        }
        long from = latest.offsetAt(since);
        List<Correction> all = new ArrayList<>();
        all.add(new Correction(since, from - target > MOST_SLOWED ? target : from, target));
        all.addAll(before.subList(0, Math.min(before.size(), MAX_CORRECTIONS - 1)));
        return List.copyOf(all);
    }

    /** Returns the offset of the quickest of several readings: the thread may lose the processor between the clocks. */
    private long wallOffset() {
        long offset = 0;
        long quickest = Long.MAX_VALUE;
        for (int i = 0; i < READINGS; i++) {
            long before = nanoClock.getAsLong();
            long wall = wallClock.getAsLong();
            long taken = nanoClock.getAsLong() - before;
            if (taken < quickest) {
                quickest = taken;
                offset = wall - before - taken / 2;
            }
        }
        return offset;
    }

    private static long wallNanos() {
        Instant now = Instant.now();
        return now.getEpochSecond() * SECOND + now.getNano();
    }
}
