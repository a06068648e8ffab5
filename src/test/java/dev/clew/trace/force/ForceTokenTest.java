package dev.clew.trace.force;

import static dev.clew.testing.ForceTokens.signed;
import static dev.clew.testing.ForceTokens.token;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ForceTokenTest {

    private static final String SECRET = "0123456789abcdef0123456789abcdef";
    private static final ForceKey KEY = Objects.requireNonNull(ForceKey.of(SECRET.getBytes(StandardCharsets.UTF_8)));
    private static final long NOW = 1_900_000_000L;
    private static final long DAY = 86_400;

    @Test
    void acceptsATokenThatAnotherImplementationMade() {
        // Made with openssl, as in docs/forced-tracing.md.
        String token = "v1.acme.1900000600.4nOExemQt3DVLqfsJHrom8K9eyumhwjHYQS_WoZ71X8";

        assertEquals(token, token("acme", NOW + 600, SECRET));
        assertEquals(ForceOutcome.ACCEPTED, check(token));
    }

    @ParameterizedTest
    @CsvSource({
        "acme, acme, ACCEPTED",
        "*, acme, ACCEPTED",
        "*, , ACCEPTED",
        "globex, acme, FOREIGN_TENANT",
        "acm, acme, FOREIGN_TENANT",
        "acme, , FOREIGN_TENANT",
        "**, acme, FOREIGN_TENANT",
        "a.b, acme, FOREIGN_TENANT",
        "ACME, acme, FOREIGN_TENANT",
    })
    void isBoundToATenant(String bearer, String tenant, ForceOutcome expected) {
        assertEquals(expected, ForceToken.check(token(bearer, NOW, SECRET), tenant, NOW, KEY));
    }

    @ParameterizedTest
    @CsvSource({
        "-1000000, EXPIRED",
        "-1, EXPIRED",
        "0, ACCEPTED",
        "1, ACCEPTED",
        "86399, ACCEPTED",
        "86400, ACCEPTED",
        "86401, INVALID",
        "98099999999, INVALID",
    })
    void isValidUntilItsExpiryAndNeverForMoreThanADay(long ahead, ForceOutcome expected) {
        assertEquals(expected, check(token("acme", NOW + ahead, SECRET)));
    }

    /** The values are malformed payloads, each with a valid signature. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "v1",
                "v1.",
                "v1..",
                "v1.acme",
                "v1.acme.",
                "v1..1900000000",
                "v1.1900000000",
                "v0.acme.1900000000",
                "v2.acme.1900000000",
                "V1.acme.1900000000",
                "v1acme.1900000000",
                "v1.acme.-1900000000",
                "v1.acme.+1900000000",
                "v1.acme.1900000000 ",
                "v1.acme.19000000o0",
                "v1.acme.1.9e9",
                "v1.acme.١٩٠٠٠٠٠٠٠٠",
                "v1.acme.1900000000.",
                "v1.acme.9999999999999",
                " v1.acme.1900000000",
            })
    void rejectsWhatIsNoTokenEvenWhenItIsSigned(String payload) {
        assertEquals(ForceOutcome.INVALID, check(signed(payload, SECRET)));
    }

    @Test
    void looksAtNothingThatIsTooLong() {
        String longest = token("a".repeat(63), NOW, SECRET);

        assertEquals(ForceOutcome.ACCEPTED, ForceToken.check(longest, "a".repeat(63), NOW, KEY));
        assertEquals(ForceOutcome.INVALID, check(token("a".repeat(66), NOW, SECRET)));
        assertEquals(ForceOutcome.INVALID, check("v1." + "a".repeat(1_000_000)));
        assertEquals(ForceOutcome.INVALID, check(longest + longest));
    }

    @Test
    void tellsNothingOfATokenOfAnotherKey() {
        String other = "0123456789abcdef0123456789abcdeX";

        assertEquals(ForceOutcome.INVALID, check(token("acme", NOW, other)));
        assertEquals(ForceOutcome.INVALID, check(token("globex", NOW, other)));
        assertEquals(ForceOutcome.INVALID, check(token("acme", NOW - 1, other)));
    }

    @Test
    void rejectsEveryPartOfAToken() {
        String token = token("acme", NOW, SECRET);
        for (int length = 0; length < token.length(); length++) {
            assertEquals(ForceOutcome.INVALID, check(token.substring(0, length)), token.substring(0, length));
            assertEquals(ForceOutcome.INVALID, check(token.substring(length + 1)), token.substring(length + 1));
        }
        assertEquals(ForceOutcome.INVALID, check(token + "="));
    }

    @Test
    void acceptsOneSpellingOfASignatureOnly() {
        String token = token("acme", NOW, SECRET);
        String front = token.substring(0, token.length() - 1);
        int spellings = 0;
        for (char last = 0; last < 0x250; last++) {
            spellings += check(front + last) == ForceOutcome.ACCEPTED ? 1 : 0;
        }
        assertEquals(1, spellings);
    }

    @Test
    void acceptsNoTokenThatWasTamperedWith() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        String token = token("*", NOW + DAY / 2, SECRET);
        for (int i = 0; i < 20_000; i++) {
            String tampered = tampered(token, random);
            if (!tampered.equals(token)) {
                assertEquals(ForceOutcome.INVALID, check(tampered), () -> "seed " + seed + ": " + tampered);
            }
        }
    }

    /** Changes, removes, inserts or swaps one to three characters. */
    private static String tampered(String token, Random random) {
        StringBuilder text = new StringBuilder(token);
        for (int change = random.nextInt(3); change >= 0; change--) {
            int at = random.nextInt(text.length());
            char c = random.nextInt(4) == 0
                    ? (char) random.nextInt(0x10000)
                    : token.charAt(random.nextInt(token.length()));
            switch (random.nextInt(4)) {
                case 0 -> text.setCharAt(at, c);
                case 1 -> text.deleteCharAt(at);
                case 2 -> text.insert(at, c);
                default -> {
                    int other = random.nextInt(text.length());
                    char moved = text.charAt(at);
                    text.setCharAt(at, text.charAt(other));
                    text.setCharAt(other, moved);
                }
            }
        }
        return text.toString();
    }

    @ParameterizedTest
    @CsvSource({
        "31, '', false",
        "32, '', true",
        "31, '\n', false",
        "32, '\n', true",
        "32, '\r\n', true",
        "0, '\n', false"
    })
    void aKeyHasAtLeast32BytesBesideItsLineBreak(int length, String lineBreak, boolean usable) {
        byte[] content = ("k".repeat(length) + lineBreak).getBytes(StandardCharsets.UTF_8);
        ForceKey key = ForceKey.of(content);

        assertEquals(usable, key != null);
        if (key != null) {
            String token = token("acme", NOW, "k".repeat(length));
            assertEquals(ForceOutcome.ACCEPTED, ForceToken.check(token, "acme", NOW, key));
        }
    }

    @Test
    void aKeyDoesNotShowItself() {
        assertEquals("ForceKey", KEY.toString());
        assertEquals(KEY, ForceKey.of((SECRET + "\n").getBytes(StandardCharsets.UTF_8)));
        assertNotEquals(KEY, ForceKey.of((SECRET + "\n\n").getBytes(StandardCharsets.UTF_8)));
    }

    private static ForceOutcome check(String token) {
        return ForceToken.check(token, "acme", NOW, KEY);
    }
}
