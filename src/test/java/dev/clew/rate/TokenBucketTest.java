package dev.clew.rate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TokenBucketTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private static int taken(TokenBucket bucket, long atNanos, int tries) {
        int taken = 0;
        for (int i = 0; i < tries; i++) {
            taken += bucket.tryTake(atNanos) ? 1 : 0;
        }
        return taken;
    }

    @Test
    void beginsFullAndRefillsAtItsRate() {
        TokenBucket bucket = new TokenBucket(10, 3);

        assertEquals(3, taken(bucket, 0, 100));
        assertEquals(SECOND / 10, bucket.nanosUntilToken(0));
        assertEquals(0, taken(bucket, SECOND / 10 - 1, 100));
        assertEquals(1, taken(bucket, SECOND / 10, 100));
        assertEquals(3, taken(bucket, 10 * SECOND, 100), "at most the capacity, after any pause");
    }

    @Test
    void returnsTheNumberOfTokens() {
        TokenBucket bucket = new TokenBucket(10, 3);

        assertEquals(3, bucket.tokens(0));
        taken(bucket, 0, 2);
        assertEquals(1, bucket.tokens(0));
        taken(bucket, 0, 2);
        assertEquals(0, bucket.tokens(0));
        assertEquals(0, bucket.tokens(SECOND / 10 - 1));
        assertEquals(1, bucket.tokens(SECOND / 10));
        assertEquals(3, bucket.tokens(10 * SECOND));
    }

    @Test
    void countsFromAnyMomentAlsoBeyondTheOverflowOfTheClock() {
        long now = Long.MAX_VALUE - SECOND / 20;
        TokenBucket bucket = new TokenBucket(10, 1);

        assertTrue(bucket.tryTake(now));
        assertFalse(bucket.tryTake(now + SECOND / 20));
        assertTrue(bucket.tryTake(now + SECOND / 10));
    }

    @Test
    void grantsItsRateOverTime() {
        TokenBucket bucket = new TokenBucket(100, 1);
        int taken = 0;
        for (long now = 0; now < 10 * SECOND; now += SECOND / 1000) {
            taken += taken(bucket, now, 3);
        }
        assertEquals(1000, taken);
    }

    @Test
    void grantsAMinutesTokensInAMinute() {
        TokenBucket bucket = TokenBucket.perMinute(2);

        assertEquals(2, taken(bucket, 0, 5));
        assertEquals(0, taken(bucket, 29 * SECOND, 5));
        assertEquals(1, taken(bucket, 30 * SECOND, 5));
    }

    @Test
    void rejectsRatesAndBurstsBelowOne() {
        assertThrows(IllegalArgumentException.class, () -> new TokenBucket(0, 1));
        assertThrows(IllegalArgumentException.class, () -> new TokenBucket(1, 0));
    }
}
