package dev.clew.tenant.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostTableTest {

    @ParameterizedTest
    @CsvSource({
        "acme.example.com, acme.example.com",
        "shop.example.com, *.example.com",
        "a.b.example.com, *.example.com",
        "x.acme.example.com, *.acme.example.com",
        "y.x.acme.example.com, *.acme.example.com",
        "deep.acme.example.com, deep.acme.example.com",
        "example.com, ",
        "notexample.com, ",
        "com, ",
        "a.xexample.com, ",
        "[::1], [::1]",
        "[::2], ",
    })
    void prefersExactThenTheLongestWildcard(String host, String expected) {
        HostTable<String> table = table(
                List.of("*.example.com", "acme.example.com", "*.acme.example.com", "deep.acme.example.com", "[::1]"));

        assertEquals(expected, table.find(host));
    }

    @Test
    void rejectsAHostClaimedTwice() {
        IllegalArgumentException failure =
                assertThrows(IllegalArgumentException.class, () -> table(List.of("*.a.b", "a.b", "*.A.b.")));

        assertEquals("host: \"*.a.b\" (expected: claimed once)", failure.getMessage());
    }

    @Test
    void findsWhatASearchOfAllPatternsFinds() {
        long first = new Random().nextLong();
        for (long seed = first; seed != first + 3_000; seed++) {
            Random random = new Random(seed);
            Set<String> patterns = new HashSet<>();
            for (int i = random.nextInt(20); i >= 0; i--) {
                patterns.add((random.nextBoolean() ? "*." : "") + randomHost(random, 3));
            }
            HostTable<String> table = table(List.copyOf(patterns));
            for (int i = 0; i < 20; i++) {
                String host = randomHost(random, 5);
                assertEquals(search(patterns, host), table.find(host), "seed " + seed + "L: " + host + patterns);
            }
        }
    }

    private static String search(Set<String> patterns, String host) {
        if (patterns.contains(host)) {
            return host;
        }
        String best = null;
        for (String pattern : patterns) {
            boolean matches = pattern.startsWith("*") && host.endsWith(pattern.substring(1));
            if (matches && (best == null || pattern.length() > best.length())) {
                best = pattern;
            }
        }
        return best;
    }

    private static String randomHost(Random random, int maxLabels) {
        StringBuilder host = new StringBuilder();
        for (int i = random.nextInt(maxLabels); i >= 0; i--) {
            host.append("abc".charAt(random.nextInt(3))).append(random.nextInt(5) == 0 ? "b" : "");
            host.append(i > 0 ? "." : "");
        }
        return host.toString();
    }

    private static HostTable<String> table(List<String> patterns) {
        HostTable.Builder<String> builder = HostTable.builder();
        for (String pattern : patterns) {
            builder.add(HostPattern.parse(pattern), pattern);
        }
        return builder.build();
    }
}
