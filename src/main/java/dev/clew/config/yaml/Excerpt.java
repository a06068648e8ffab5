package dev.clew.config.yaml;

/**
 * A line of a file as messages show it: without what may be a credential. Of a token, the part before an {@code @}, the
 * query of a URL, what follows {@code Bearer} or {@code Basic}, and long words with digits are left out.
 */
final class Excerpt {

    private static final int LONGEST = 120;
    private static final int LONGEST_WORD = 24;
    private static final String LEFT_OUT = "…";
    private static final String BETWEEN_TOKENS = " \t\"'[]{},";
    private static final String BETWEEN_WORDS = "./:@-_";

    private Excerpt() {}

    /** Returns the line with this number, counted from 1; empty if there is none. */
    static String of(String text, int line) {
        int start = 0;
        for (int i = 1; i < line && start >= 0; i++) {
            start = text.indexOf('\n', start) + 1;
            if (start == 0) {
                return "";
            }
        }
        int end = text.indexOf('\n', start);
        String whole = text.substring(start, end < 0 ? text.length() : end).stripTrailing();
        return line < 1 ? "" : cut(whole);
    }

    private static String cut(String line) {
        String shown = masked(line);
        return Findings.printable(
                shown.length() > LONGEST ? shown.substring(0, LONGEST) + LEFT_OUT : shown, LONGEST + 1);
    }

    private static String masked(String line) {
        StringBuilder out = new StringBuilder(line.length());
        boolean credential = false;
        int i = 0;
        while (i < line.length()) {
            int end = i;
            while (end < line.length() && BETWEEN_TOKENS.indexOf(line.charAt(end)) < 0) {
                end++;
            }
            String token = line.substring(i, end);
            if (!token.isEmpty()) {
                out.append(credential ? LEFT_OUT : token(token));
                credential = token.equalsIgnoreCase("Bearer") || token.equalsIgnoreCase("Basic");
            }
            if (end < line.length()) {
                out.append(line.charAt(end));
            }
            i = end + 1;
        }
        return out.toString();
    }

    private static String token(String token) {
        int at = token.lastIndexOf('@');
        String host = at > 0 ? LEFT_OUT + token.substring(at) : token;
        int query = host.indexOf('?');
        String path = query > 0 && (host.contains("://") || host.indexOf('=', query) > 0)
                ? host.substring(0, query + 1) + LEFT_OUT
                : host;
        StringBuilder out = new StringBuilder(path.length());
        int i = 0;
        while (i < path.length()) {
            int end = i;
            boolean digit = false;
            while (end < path.length() && BETWEEN_WORDS.indexOf(path.charAt(end)) < 0) {
                digit |= Character.isDigit(path.charAt(end));
                end++;
            }
            out.append(digit && end - i > LONGEST_WORD ? LEFT_OUT : path.substring(i, end));
            if (end < path.length()) {
                out.append(path.charAt(end));
            }
            i = end + 1;
        }
        return out.toString();
    }
}
