package dev.clew.route;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

/**
 * A regular expression matched against a whole text, in time linear in its length for any expression.
 *
 * <p>The syntax is RE2's, which excludes back-references and look-around to make this possible. Both factors are
 * bounded: an expression by {@value #MAX_SIZE} instructions, a text by {@value #MAX_TEXT} characters. Expressions are
 * ASCII, as paths are. Case-insensitive ones may not name other characters by escapes either, because RE2/J 1.8
 * compiles some of those forever (its case folding assumes an older Unicode than the JDK's).
 */
final class LinearPattern {

    /** In characters. */
    static final int MAX_LENGTH = 256;

    /** In instructions of the compiled program. */
    static final int MAX_SIZE = 250;

    /** In characters; a longer text does not match. */
    static final int MAX_TEXT = 1024;

    /** Far above any expression within {@link #MAX_SIZE}, far below any that is slow to compile. */
    private static final int MAX_ESTIMATE = 10_000;

    private final Pattern pattern;

    private LinearPattern(Pattern pattern) {
        this.pattern = pattern;
    }

    /**
     * Compiles an expression.
     *
     * @throws IllegalArgumentException as {@code regex: (expected: …)}, without the text
     */
    static LinearPattern parse(String text) {
        if (text.length() > MAX_LENGTH) {
            throw invalid("at most " + MAX_LENGTH + " characters");
        }
        if (!text.chars().allMatch(c -> c >= ' ' && c <= '~')) {
            throw invalid("printable ASCII characters");
        }
        if (ignoresCase(text) && namesOtherCharacters(text)) {
            throw invalid("no \\x, \\p, \\P or octal escape beside (?i)");
        }
        if (estimate(text) > MAX_ESTIMATE) {
            throw invalid("fewer or smaller repetitions");
        }
        try {
            Pattern pattern = Pattern.compile(text);
            if (pattern.programSize() > MAX_SIZE) {
                throw invalid("a simpler regular expression: at most " + MAX_SIZE + " instructions, found "
                        + pattern.programSize());
            }
            return new LinearPattern(pattern);
        } catch (PatternSyntaxException e) {
            throw invalid("a regular expression in the syntax of RE2: " + e.getDescription());
        }
    }

    /** Returns the maximum number of instructions executed for each character of a text. */
    int size() {
        return pattern.programSize();
    }

    boolean matches(String text) {
        return text.length() <= MAX_TEXT && pattern.matches(text);
    }

    private static boolean ignoresCase(String text) {
        for (int group = text.indexOf("(?"); group >= 0; group = text.indexOf("(?", group + 1)) {
            int i = group + 2;
            while (i < text.length() && (Character.isLetter(text.charAt(i)) || text.charAt(i) == '-')) {
                if (text.charAt(i) == 'i') {
                    return true;
                }
                i++;
            }
        }
        return false;
    }

    /** Includes escapes that are themselves escaped: one rejection too many does no harm. */
    private static boolean namesOtherCharacters(String text) {
        for (int i = text.indexOf('\\'); i >= 0 && i + 1 < text.length(); i = text.indexOf('\\', i + 1)) {
            if ("xpP01234567".indexOf(text.charAt(i + 1)) >= 0) {
                return true;
            }
        }
        return false;
    }

    /**
     * Returns at least half of the number of instructions that the expression compiles to. Only counted repetitions
     * multiply instructions, nested ones many times; each is taken to repeat everything before it, unless that is a
     * single character.
     */
    private static long estimate(String text) {
        long size = 0;
        int i = 0;
        while (i < text.length() && size <= MAX_ESTIMATE) {
            int close = text.charAt(i) == '{' && i > 0 ? endOfCount(text, i) : -1;
            if (close < 0) {
                size++;
                i++;
            } else {
                int times = largest(text, i + 1, close);
                // "E" may end an empty quotation, which repeats what precedes it.
                size += (")}*+?E".indexOf(text.charAt(i - 1)) >= 0 ? size : 1) * times;
                i = close + 1;
            }
        }
        return size;
    }

    /**
     * Returns the index of the brace that closes a count, {@code {3}}, {@code {3,}} or {@code {3,5}}; -1 for other
     * text.
     */
    private static int endOfCount(String text, int open) {
        int i = open + 1;
        while (i < text.length() && (isDigit(text.charAt(i)) || text.charAt(i) == ',')) {
            i++;
        }
        return i < text.length() && text.charAt(i) == '}' ? i : -1;
    }

    private static int largest(String text, int start, int end) {
        int largest = 1;
        int number = 0;
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            number = isDigit(c) ? Math.min(MAX_ESTIMATE, number * 10 + c - '0') : 0;
            largest = Math.max(largest, number);
        }
        return largest;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static IllegalArgumentException invalid(String expected) {
        return new IllegalArgumentException("regex: (expected: " + expected + ")");
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LinearPattern same && pattern.equals(same.pattern);
    }

    @Override
    public int hashCode() {
        return pattern.hashCode();
    }

    @Override
    public String toString() {
        return pattern.pattern();
    }
}
