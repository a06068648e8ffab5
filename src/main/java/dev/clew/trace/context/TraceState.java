package dev.clew.trace.context;

import java.util.List;

/**
 * The {@code tracestate} header (W3C Trace Context Level 2, section 3.3): data of other tracing systems, passed on.
 *
 * <p>The list is passed on whole or, if a member is malformed, a key is repeated or there are more than 32 members, not
 * at all. It is never shortened: the listener's limit on header size bounds it.
 *
 * <p>The key grammar is Level 2's (a digit may come first) with one restriction: a key with an {@code @} must have the
 * form of Level 1's {@code tenant@system}, with one {@code @}, 1 to 241 characters before it and 1 to 14 after it.
 * Level 2 would allow more, but the specification's own test suite rejects it at its strictest level.
 */
final class TraceState {
    static final int MAX_MEMBERS = 32;
    private static final int MAX_KEY = 256;
    private static final int MAX_VALUE = 256;
    private static final int MAX_TENANT = 241;
    private static final int MAX_SYSTEM = 14;

    private final String text;
    private final int[] starts = new int[MAX_MEMBERS];
    private final int[] ends = new int[MAX_MEMBERS];
    private int count;

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
        if (count == MAX_MEMBERS || equals < 0 || !isKey(start, equals) || !isValue(equals + 1, end)) {
            return false;
        }
        for (int i = 0; i < count; i++) {
            // The equals sign is compared too, so that no key matches the beginning of another.
            if (text.regionMatches(starts[i], text, start, equals - start + 1)) {
                return false;
            }
        }
        starts[count] = start;
        ends[count] = end;
        count++;
        return true;
    }

    private boolean isKey(int start, int end) {
        int length = end - start;
        if (length < 1 || length > MAX_KEY || !isLetterOrDigit(text.charAt(start))) {
            return false;
        }
        int at = -1;
        for (int i = start + 1; i < end; i++) {
            char c = text.charAt(i);
            if (c == '@' && at < 0) {
                at = i;
            } else if (!isLetterOrDigit(c) && c != '_' && c != '-' && c != '*' && c != '/') {
                return false;
            }
        }
        int system = end - at - 1;
        return at < 0 || (at - start <= MAX_TENANT && system >= 1 && system <= MAX_SYSTEM);
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
        if (count == 0) {
            return "";
        }
        if (isContiguous()) {
            return text.substring(starts[0], ends[count - 1]);
        }
        StringBuilder list = new StringBuilder(text.length());
        for (int i = 0; i < count; i++) {
            if (i > 0) {
                list.append(',');
            }
            list.append(text, starts[i], ends[i]);
        }
        return list.toString();
    }

    /** Returns true if single commas separate the members, which is the usual case. */
    private boolean isContiguous() {
        for (int i = 1; i < count; i++) {
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
