package dev.clew.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinearPatternTest {

    @Test
    void matchesTheWholeTextOnly() {
        LinearPattern pattern = LinearPattern.parse("/v[0-9]+/a|/b");

        assertTrue(pattern.matches("/v12/a"));
        assertTrue(pattern.matches("/b"));
        assertFalse(pattern.matches("/v12/a/"));
        assertFalse(pattern.matches("x/b"));
        assertFalse(pattern.matches("/b\n"));
    }

    /** A backtracking engine would take longer than the age of the universe for each of these. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "(a+)+b",
                "([a-z]+)*b",
                "(a|aa)+b",
                "(a|a?)+b",
                "((a*)*)*b",
                "(.*a){20}b",
                "a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?aaaaaaaaaaaaaaaaaaaaaaaaaaaaaab"
            })
    void decidesHostilePatternsOnHostileTexts(String hostile) {
        LinearPattern pattern = LinearPattern.parse(hostile);

        assertFalse(pattern.matches("a".repeat(LinearPattern.MAX_TEXT - 1) + "c"));
        assertTrue(pattern.matches("a".repeat(40) + "b"));
    }

    /** The third pattern would compile to a thousand million instructions. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "((a{100}){100}){100}",
                "(a{1000}){2}",
                "(((a{1000}){1000}){1000}){1000}",
                "(a{1000})\\Q\\E{1000}",
                "(?:(?:a{50}){50})?{50}",
                "((a{100,}){100,}){1000}",
                "(((((((((a{9}){9}){9}){9}){9}){9}){9}){9}){9}){9}",
                "[)]((a{900}[(]){900}){900}",
                "\\p{L}{251}",
                "a{251}"
            })
    void rejectsPatternsThatCompileToLargePrograms(String large) {
        String message = rejection(large);

        assertTrue(message.startsWith("regex: (expected: "), message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", "a**", "[", "(?=a)", "(a)\\1", "(?<!a)b", "\\", "a{1001}", "\\pX"})
    void rejectsOtherSyntaxThanRe2(String text) {
        assertTrue(rejection(text).startsWith("regex: (expected: a regular expression in the syntax of RE2: "));
    }

    /** RE2/J would compile the first few of these forever. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "(?i)[a-\\x{10FFFF}]",
                "(?s-i:a)(?Ui:[\\x{80}-\\x{FFFF}])",
                "(?i)[\\p{L}]",
                "(?i)\\PL",
                "(?i)[a-\\777]",
                "(?i)[a-\ud800]",
                "é",
                "a\nb"
            })
    void rejectsCharactersThatPathsCannotContain(String text) {
        String message = rejection(text);

        assertTrue(
                message.equals("regex: (expected: printable ASCII characters)")
                        || message.equals("regex: (expected: no \\x, \\p, \\P or octal escape beside (?i))"),
                message);
    }

    @Test
    void foldsTheCaseOfAscii() {
        assertTrue(LinearPattern.parse("(?i)[!-~]+[^\\W]k").matches("aZ0K"));
    }

    @Test
    void rejectsPatternsThatAreTooLong() {
        assertEquals("regex: (expected: at most 256 characters)", rejection("a".repeat(257)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
                "([0-9]{1,3}\\.){3}[0-9]{1,3}",
                "/(?i)(de|fr|it)(-[a-z]{2})?/.*",
                "a{,5}"
            })
    void acceptsOrdinaryPatterns(String text) {
        assertEquals(text, LinearPattern.parse(text).toString());
    }

    @Test
    void matchesNoTextBeyondTheBound() {
        LinearPattern any = LinearPattern.parse("(?s).*");

        assertTrue(any.matches("a".repeat(LinearPattern.MAX_TEXT)));
        assertFalse(any.matches("a".repeat(LinearPattern.MAX_TEXT + 1)));
    }

    /** Each text is either compiled within its bound, or rejected with the documented message. */
    @Test
    void neverCompilesMoreThanTheBound() {
        List<String> pieces = List.of(
                "a",
                "(",
                ")",
                "(?:",
                "[",
                "]",
                "{9}",
                "{1000}",
                "{2,}",
                "*",
                "+",
                "?",
                "|",
                "\\Q",
                "\\E",
                "\\",
                ".",
                "[:",
                "(?i)",
                "(?i:",
                "(?-i)",
                "\\p{L}",
                "\\x{10FFFF}",
                "\\W",
                "[^",
                "^",
                "$",
                "-",
                "{",
                "}",
                "\ud800",
                "é");
        Seeded.check(20_000, random -> {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(16); i >= 0; i--) {
                text.append(Seeded.oneOf(random, pieces));
            }
            List<String> rejected = new ArrayList<>();
            try {
                LinearPattern pattern = LinearPattern.parse(text.toString());
                assertTrue(pattern.size() <= LinearPattern.MAX_SIZE);
                pattern.matches("aaa(a)" + text);
            } catch (IllegalArgumentException rejection) {
                rejected.add(rejection.getMessage());
            }
            assertTrue(rejected.stream().allMatch(message -> message.startsWith("regex: (expected: ")), text::toString);
        });
    }

    private static String rejection(String text) {
        return assertThrows(IllegalArgumentException.class, () -> LinearPattern.parse(text))
                .getMessage();
    }
}
