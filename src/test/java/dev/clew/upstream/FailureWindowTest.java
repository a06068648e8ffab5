package dev.clew.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FailureWindowTest {

    private final FailureWindow window = new FailureWindow(Duration.ofSeconds(10));

    private static long seconds(long count) {
        return TimeUnit.SECONDS.toNanos(count);
    }

    /** {@link System#nanoTime} may start at any value, including a negative one. */
    @ParameterizedTest
    @ValueSource(longs = {0, -5, -1_000_000, Integer.MAX_VALUE})
    void countsTheAttemptsOfItsLength(long start) {
        window.add(true, seconds(start));
        window.add(false, seconds(start + 5));

        assertEquals(2, window.all(seconds(start + 9)));
        assertEquals(1, window.failed(seconds(start + 9)));
        assertEquals(1, window.all(seconds(start + 10)));
        assertEquals(0, window.failed(seconds(start + 10)));
        assertEquals(0, window.all(seconds(start + 15)));
    }

    @Test
    void forgetsASliceWhosePlaceIsTakenAgain() {
        window.add(true, seconds(3));
        window.add(false, seconds(13));

        assertEquals(1, window.all(seconds(13)));
        assertEquals(0, window.failed(seconds(13)));
    }

    @Test
    void countsAnAttemptThatEndsBehindALaterOne() {
        window.add(false, seconds(13));
        window.add(true, seconds(3));

        assertEquals(2, window.all(seconds(13)));
    }
}
