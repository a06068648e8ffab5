package dev.clew.trace.context;

import java.util.List;

/**
 * The {@code tracestate} header (W3C Trace Context Level 2, section 3.3): data of other tracing systems, passed on.
 *
 * <p>The list is passed on whole or, if a member is malformed or there are more than 32, not at all. Of members with
 * the same key only the first, the most recent, is passed on, as section 3.5 allows. The list is never
 * shortened otherwise: the listener's limit on header size bounds it.
 *
 * <p>Empty members are allowed and do not count. Spaces at the beginning of a value belong to it (section 3.3.2).
 */
final class TraceState {
    static final int MAX_MEMBERS = 32;
    private static final int MAX_KEY = 256;
    private static final int MAX_VALUE = 256;

    private final String text;
    private final int[] starts = new int[MAX_MEMBERS];
    private final int[] ends = new int[MAX_MEMBERS];
    private int read;
    private int kept;

    private TraceState(String text) {
        this.text = text;
    }

    /**
     * Combines all lines into one list, in order (RFC 9110, section 5.3), without empty members and optional white
     * space.
     *
     * @return ready to be sent; empty if there is no member, or if the list has to be dropped
     */
    static String combine(List<String> lines) {
        if (lines.isEmpty()) {
            return "";
        }
        TraceState state = new TraceState(lines.size() == 1 ? lines.get(0) : String.join(",", lines));
        return state.readMembers() ? state.rebuild() : "";
    }

    private boolean readMembers() {
        int length = text.length();
        for (int from = 0; from <= length; ) {
            int comma = text.indexOf(',', from);
            int to = comma < 0 ? length : comma;
            int start = Ows.skip(text, from, to);
            int end = Ows.trim(text, start, to);
            if (start < end && !readMember(start, end)) {
                return false;
            }
            from = to + 1;
        }
        return true;
    }

    private boolean readMember(int start, int end) {
        int equals = text.indexOf('=', start);
        if (read == MAX_MEMBERS || equals < 0 || !isKey(start, equals) || !isValue(equals + 1, end)) {
            return false;
        }
        read++;
        if (!isRepeated(start, equals)) {
            starts[kept] = start;
            ends[kept] = end;
            kept++;
        }
        return true;
    }

    private boolean isRepeated(int start, int equals) {
        for (int i = 0; i < kept; i++) {
            // The equals sign is compared too, so that no key matches the beginning of another.
            if (text.regionMatches(starts[i], text, start, equals - start + 1)) {
                return true;
            }
        }
        return false;
    }

    private boolean isKey(int start, int end) {
        int length = end - start;
        if (length < 1 || length > MAX_KEY || !isLetterOrDigit(text.charAt(start))) {
            return false;
        }
        for (int i = start + 1; i < end; i++) {
            char c = text.charAt(i);
            if (!isLetterOrDigit(c) && c != '_' && c != '-' && c != '*' && c != '/' && c != '@') {
                return false;
            }
        }
        return true;
    }

    /** Returns true for printable ASCII without comma and equals sign; trailing white space has been removed. */
    private boolean isValue(int start, int end) {
        int length = end - start;
        if (length < 1 || length > MAX_VALUE) {
            return false;
        }
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~' || c == '=') {
                return false;
            }
        }
        return true;
    }

    private String rebuild() {
        if (kept == 0) {
            return "";
        }
        if (isContiguous()) {
            return text.substring(starts[0], ends[kept - 1]);
        }
        StringBuilder list = new StringBuilder(text.length());
        for (int i = 0; i < kept; i++) {
            if (i > 0) {
                list.append(',');
            }
            list.append(text, starts[i], ends[i]);
        }
        return list.toString();
    }

    /** Returns true if single commas separate the members, which is the usual case. */
    private boolean isContiguous() {
        for (int i = 1; i < kept; i++) {
            if (starts[i] != ends[i - 1] + 1) {
                return false;
            }
        }
        return true;
    }

    private static boolean isLetterOrDigit(char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    }
}
