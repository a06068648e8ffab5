package dev.clew.config.yaml;

/**
 * A line of a file as messages show it: the key, without its value, which may be a credential in a line that could not
 * be parsed. The author has the file; the line's number and column lead there.
 */
final class Excerpt {

    private static final int LONGEST_KEY = 40;
    private static final String LEFT_OUT = "…";
    private static final String ITEM = "- ";

    private Excerpt() {}

    /** Returns what is shown of the line with this number, counted from 1; empty if there is no such line or key. */
    static String of(String text, int line) {
        int start = 0;
        for (int i = 1; i < line && start >= 0; i++) {
            start = text.indexOf('\n', start) + 1;
            if (start == 0) {
                return "";
            }
        }
        int end = text.indexOf('\n', start);
        return line < 1
                ? ""
                : key(text.substring(start, end < 0 ? text.length() : end).stripTrailing());
    }

    private static String key(String line) {
        int colon = line.indexOf(':');
        int begin = begin(line);
        if (colon > begin && isKey(line, begin, colon)) {
            return line.substring(0, colon + 1) + (colon + 1 < line.length() ? " " + LEFT_OUT : "");
        }
        return "";
    }

    /** Returns where the line's own text begins, behind spaces and the marks of list items. */
    private static int begin(String line) {
        int begin = 0;
        while (begin < line.length() && line.charAt(begin) == ' ' || line.startsWith(ITEM, begin)) {
            begin++;
        }
        return begin;
    }

    /** Keys are words of letters, digits and hyphens; anything else may be a value. */
    private static boolean isKey(String line, int begin, int end) {
        for (int i = begin; i < end; i++) {
            char c = line.charAt(i);
            if (!(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-')) {
                return false;
            }
        }
        return end - begin <= LONGEST_KEY;
    }
}
