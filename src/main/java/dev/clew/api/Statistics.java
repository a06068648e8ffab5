package dev.clew.api;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Requests per minute, tenant and route over the last hour: at most {@value #MAX_SERIES} series for each minute, the
 * busiest ones. Thread-safe; blocks while it reads meters.
 */
public final class Statistics {

    /** Minutes kept. */
    static final int MINUTES = 60;

    static final int MAX_SERIES = 300;

    /** A reading costs time in proportion to all tenants' routes. */
    private static final long KEPT_MILLIS = 5_000;

    private static final long MINUTE_MILLIS = 60_000;

    private final Clock clock;
    private final RequestMeters meters;
    private final Deque<StatisticsFrame> frames = new ArrayDeque<>();
    private long minute;
    private @Nullable StatisticsFrame current;
    private long currentMillis;

    public Statistics(MeterRegistry meters, Clock clock) {
        this.clock = clock;
        this.meters = new RequestMeters(meters);
        this.minute = minuteNow();
    }

    private long minuteNow() {
        return clock.millis() / MINUTE_MILLIS;
    }

    /** Ends the current minute if it is over. Called at least once a minute. */
    public synchronized void tick() {
        long now = minuteNow();
        if (now == minute) {
            return;
        }
        frames.addLast(new StatisticsFrame(minute, RequestMeters.busiest(meters.read(true), MAX_SERIES)));
        minute = now;
        current = null;
        while (!frames.isEmpty() && frames.getFirst().minute() <= now - MINUTES) {
            frames.removeFirst();
        }
    }

    /** Returns the time until the current minute is over, in milliseconds; 1 or more. */
    public long untilNextMillis() {
        return MINUTE_MILLIS - clock.millis() % MINUTE_MILLIS;
    }

    /**
     * Returns the minutes from the oldest kept to the current one, which is not over and read every few seconds only,
     * whoever asks; those without requests missing.
     */
    synchronized List<StatisticsFrame> frames() {
        tick();
        List<StatisticsFrame> all = new ArrayList<>(frames);
        all.add(current());
        return all;
    }

    private StatisticsFrame current() {
        StatisticsFrame kept = current;
        long now = clock.millis();
        if (kept == null || now - currentMillis >= KEPT_MILLIS || now < currentMillis) {
            kept = new StatisticsFrame(minute, RequestMeters.busiest(meters.read(false), MAX_SERIES));
            current = kept;
            currentMillis = now;
        }
        return kept;
    }
}
