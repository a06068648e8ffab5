package dev.clew.hash;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyHashTest {

    @ParameterizedTest
    @ValueSource(longs = {0, 1, -1, Long.MIN_VALUE, Long.MAX_VALUE})
    void aFractionIsNeitherZeroNorOne(long hash) {
        double fraction = KeyHash.fraction(hash);

        assertTrue(fraction > 0 && fraction < 1, () -> "fraction " + fraction);
    }
}
