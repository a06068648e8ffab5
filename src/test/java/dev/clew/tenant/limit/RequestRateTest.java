package dev.clew.tenant.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestRateTest {

    @ParameterizedTest
    @CsvSource({
        "200, 400, 400, 2",
        "200, 401, 401, 3",
        "200, 200, 200, 1",
        "200, 50, 200, 1",
        "1, 1, 1, 1",
        "1, 3, 3, 3",
        "1000000, 1, 1000000, 1"
    })
    void saysItselfInWholeSecondsAndPromisesNoMoreThanItLetsThrough(int perSecond, int burst, int quota, int window) {
        assertEquals(
                "\"gateway\";q=" + quota + ";w=" + window, new RequestRate(perSecond, burst, false, true).policy());
    }

    @Test
    void isSharedOnlyWhereThereIsOne() {
        assertTrue(new RequestRate(1, 1, true, true).isShared());
        assertFalse(new RequestRate(Limits.UNLIMITED, 1, true, true).isShared());
    }

    @Test
    void rejectsRatesAndBurstsOutOfRange() {
        assertThrows(IllegalArgumentException.class, () -> new RequestRate(0, 1, false, true));
        assertThrows(IllegalArgumentException.class, () -> new RequestRate(RequestRate.MAX + 1, 1, false, true));
        assertThrows(IllegalArgumentException.class, () -> new RequestRate(1, 0, false, true));
    }
}
