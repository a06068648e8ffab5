package dev.clew.network;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgreedTest {

    /** Lines are told apart by bars. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            nullValues = "none",
            value = {
                "https; https",
                "https|https; https",
                "https, HTTPS|https; HTTPS",
                "'  https '; https",
                "https|http; none",
                "http|https; none",
                "https, http; none",
                "https,; none",
                "https|''; https",
            })
    void onlyWhatAllSayCounts(String lines, String agreed) {
        String expected = agreed == null ? "null" : agreed.toLowerCase(java.util.Locale.ROOT);
        List<String> all = List.of(lines.replace("''", "https").split("\\|", -1));
        assertEquals(expected, String.valueOf(Agreed.on(all)).toLowerCase(java.util.Locale.ROOT));
    }

    @ParameterizedTest
    @CsvSource({"0", "1"})
    void nothingIsNobodysWord(int empty) {
        assertEquals(empty == 0 ? null : "", Agreed.on(empty == 0 ? List.of() : List.of("")));
    }
}
