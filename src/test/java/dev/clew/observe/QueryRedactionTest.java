package dev.clew.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueryRedactionTest {

    @ParameterizedTest
    @CsvSource({
        "'', ''",
        "a=1, a=REDACTED",
        "a=1&b=2, a=REDACTED&b=REDACTED",
        "a=b=c, a=REDACTED",
        "a=, a=REDACTED",
        "=1, =REDACTED",
        "=, =REDACTED",
        "a, REDACTED",
        "a&b=1, REDACTED&b=REDACTED",
        "&, &",
        "&&a=1&, &&a=REDACTED&",
        "a?=1, a?=REDACTED",
        "a=1;b=2, a=REDACTED",
        "%61=%31, %61=REDACTED",
    })
    void namesStayAndValuesDoNot(String query, String redacted) {
        assertEquals(redacted, QueryRedaction.redact(query));
    }

    /** Values are in upper case here, and names in lower case. */
    @Test
    void noValueIsEverLeft() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int n = 0; n < 2000; n++) {
            StringBuilder query = new StringBuilder();
            for (int i = random.nextInt(6); i > 0; i--) {
                boolean named = random.nextBoolean();
                query.append(named ? "&name=" : "&").append(value(random, named ? "XYZ?;%/=" : "XYZ?;%/"));
            }
            String left = QueryRedaction.redact(query.toString()).replace("REDACTED", "");
            assertEquals(left.toLowerCase(Locale.ROOT), left, () -> "seed " + seed + ": " + query);
        }
    }

    private static String value(Random random, String alphabet) {
        StringBuilder value = new StringBuilder();
        for (int i = random.nextInt(6); i > 0; i--) {
            value.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return value.toString();
    }
}
