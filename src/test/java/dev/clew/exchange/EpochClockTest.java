package dev.clew.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The clock during changes of the wall clock: {@code nanos} is the elapsed time, {@code wall} the wall clock's. */
class EpochClockTest {

    private static final long SECOND = 1_000_000_000L;
    private static final long START = 1_700_000_000L * SECOND;

    private long nanos = -5 * SECOND;
    private long wall = START;
    private final EpochClock clock = new EpochClock(() -> nanos, () -> wall);

    private void pass(long time) {
        nanos += time;
        wall += time;
    }

    private long now() {
        return clock.epochNanosAt(nanos);
    }

    @Test
    void agreesWithTheWallClockToTheNanosecond() {
        assertEquals(START, now());
        pass(7);
        assertEquals(START + 7, now());
        pass(3600 * SECOND);
        assertEquals(wall, now());
        assertEquals(START, clock.epochNanosAt(nanos - 3600 * SECOND - 7));
    }

    @Test
    void leavesASmallDifferenceAlone() {
        for (int i = 0; i < 1000; i++) {
            pass(SECOND);
            wall = START + 5 * SECOND + nanos + (i % 2 == 0 ? 900_000 : -900_000);
            assertEquals(START + 5 * SECOND + nanos, now());
        }
    }

    @Test
    void followsAWallClockThatIsSetForward() {
        pass(SECOND / 2);
        wall += 3600 * SECOND;
        assertEquals(wall - 3600 * SECOND, now(), "before the next comparison");
        pass(SECOND);
        assertEquals(wall, now());
        assertEquals(START, clock.epochNanosAt(-5 * SECOND), "earlier moments keep their time");
    }

    @Test
    void isRightAtOnceAfterALongRest() {
        pass(8 * 3600 * SECOND);
        wall += 3600 * SECOND;
        assertEquals(wall, now());
        pass(8 * 3600 * SECOND);
        wall -= SECOND;
        assertEquals(wall, now());
    }

    @Test
    void runsAtHalfItsSpeedUntilAWallClockThatWasSetBackAgrees() {
        pass(SECOND);
        wall -= 2 * SECOND;
        assertEquals(wall + 2 * SECOND, now());
        pass(2 * SECOND);
        assertEquals(wall + SECOND, now());
        pass(2 * SECOND);
        assertEquals(wall, now());
        pass(SECOND);
        assertEquals(wall, now());
    }

    @Test
    void followsAtOnceWhenTheWallClockIsSetFarBack() {
        pass(2 * SECOND);
        wall -= 3600 * SECOND;
        assertEquals(wall, now());
    }

    /** Spans are recorded at their end, the outer after the inner ones: with a past moment, at any later time. */
    @Test
    void aMomentKeepsItsTimeAndALaterOneHasNoEarlierTime() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Map<Long, Long> told = new HashMap<>();
        for (int i = 0; i < 20_000; i++) {
            pass(random.nextLong(SECOND / 5));
            if (random.nextInt(50) == 0) {
                // The wall clock is never set back further than the clock corrects by slowing down.
                wall = START + nanos + random.nextLong(-4 * SECOND, 4 * SECOND);
            }
            long moment = nanos - random.nextLong(SECOND / 2);
            long earlier = moment - random.nextLong(SECOND / 4);
            long child = clock.epochNanosAt(moment);
            long parent = clock.epochNanosAt(earlier);
            String shown = "seed " + seed + ", round " + i;
            assertTrue(parent <= child, shown);
            told.put(moment, child);
            if (told.size() == 20) {
                told.forEach((then, epoch) -> assertEquals(epoch, clock.epochNanosAt(then), shown));
                told.clear();
            }
        }
    }
}
