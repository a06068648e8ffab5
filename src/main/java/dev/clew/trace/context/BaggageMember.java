package dev.clew.trace.context;

import dev.clew.grammar.HttpToken;
import java.util.Set;

/** One member of a baggage list: {@code key=value;property;key=value} (W3C Baggage, section 3.3.1, «Definition»). */
final class BaggageMember {
    private BaggageMember() {}

    /**
     * Appends a comma and the member between two positions, without its white space.
     *
     * @param passed keys of members that may be added, each a token
     * @return false if the list is unchanged: the member may not pass, is malformed, or would make the list too long
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

    /** Appends a property: a key, or a key and a value. */
    private static boolean appendProperty(StringBuilder list, String line, int from, int to) {
        int equals = index(line, '=', from, to);
        int start = Ows.skip(line, from, equals);
        int end = Ows.trim(line, start, equals);
        list.append(line, start, end);
        return HttpToken.is(line, start, end) && (equals == to || appendValue(list, line, equals, to));
    }

    /** Appends the value, equals sign included; it may be empty and contain further equals signs. */
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

    /**
     * Returns true for printable US-ASCII except quote and backslash; a comma or semicolon has ended the value before.
     */
    private static boolean isBaggageOctet(char c) {
        return c > ' ' && c <= '~' && c != '"' && c != '\\';
    }

    /**
     * Returns the first position of the character; {@code to} if there is none. Never looks beyond {@code to}: a long
     * line must not cost quadratic time.
     */
    static int index(String line, char wanted, int from, int to) {
        int i = from;
        while (i < to && line.charAt(i) != wanted) {
            i++;
        }
        return i;
    }
}
