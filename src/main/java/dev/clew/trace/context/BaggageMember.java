package dev.clew.trace.context;

import dev.clew.grammar.HttpToken;
import java.util.Set;

/** One member of a baggage list: {@code key=value;property;key=value} (W3C Baggage, section 3.3.1, «Definition»). */
final class BaggageMember {
    private BaggageMember() {}

    /**
     * Adds the member between two positions, and a comma before it, without the white space in it.
     *
     * @param passed the keys of members that may be added, all of them tokens
     * @return false when the list stays as it was: the member may not pass, is malformed, or would make it too long
     */
    static boolean appendTo(StringBuilder list, String line, int from, int to, Set<String> passed) {
        int end = index(line, ';', from, to);
        int equals = index(line, '=', from, end);
        int start = Ows.skip(line, from, equals);
        String key = line.substring(start, Ows.trim(line, start, equals));
        if (equals == end || !passed.contains(key)) {
            return false;
        }
        int before = list.length();
        list.append(',').append(key);
        boolean sound = appendValue(list, line, equals, end);
        while (sound && end < to) {
            int property = end + 1;
            end = index(line, ';', property, to);
            list.append(';');
            sound = appendProperty(list, line, property, end);
        }
        if (!sound || list.length() > Baggage.MAX_BYTES) {
            list.setLength(before);
            return false;
        }
        return true;
    }

    /** A key alone, or a key and a value. */
    private static boolean appendProperty(StringBuilder list, String line, int from, int to) {
        int equals = index(line, '=', from, to);
        int start = Ows.skip(line, from, equals);
        int end = Ows.trim(line, start, equals);
        list.append(line, start, end);
        return HttpToken.is(line, start, end) && (equals == to || appendValue(list, line, equals, to));
    }

    /** From the equals sign on; the value may be empty, and have more equals signs in it. */
    private static boolean appendValue(StringBuilder list, String line, int equals, int to) {
        int start = Ows.skip(line, equals + 1, to);
        int end = Ows.trim(line, start, to);
        for (int i = start; i < end; i++) {
            if (!isBaggageOctet(line.charAt(i))) {
                return false;
            }
        }
        list.append('=').append(line, start, end);
        return true;
    }

    /** Printable US-ASCII but the quote and the backslash; comma and semicolon have ended the value before. */
    private static boolean isBaggageOctet(char c) {
        return c > ' ' && c <= '~' && c != '"' && c != '\\';
    }

    /**
     * Where the character stands first; {@code to} when nowhere. Never looks further: a long line must not cost its
     * square.
     */
    static int index(String line, char wanted, int from, int to) {
        int i = from;
        while (i < to && line.charAt(i) != wanted) {
            i++;
        }
        return i;
    }
}
