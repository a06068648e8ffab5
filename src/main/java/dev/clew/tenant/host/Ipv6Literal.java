package dev.clew.tenant.host;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * An IPv6 address in brackets, parsed by RFC 3986 §3.2.2 ({@code IPv6address}) and written by RFC 5952 §4, so that
 * equal addresses have equal texts. An embedded IPv4 address is written as two groups like any other.
 */
final class Ipv6Literal {

    private static final int GROUPS = 8;

    private final String text;
    private final int end;
    private final int[] groups = new int[GROUPS];
    private int count;

    /** The number of groups before "::", or -1 if there is none. */
    private int gap = -1;

    private Ipv6Literal(String text, int end) {
        this.text = text;
        this.end = end;
    }

    /**
     * Returns the canonical text, brackets included; null if the text is not an IPv6 address.
     *
     * @param end the position after the closing bracket
     */
    static @Nullable String canonical(String text, int end) {
        Ipv6Literal address = new Ipv6Literal(text, end - 1);
        return address.read() ? address.write() : null;
    }

    private boolean read() {
        int at = 1;
        if (text.startsWith("::", at)) {
            gap = 0;
            at += 2;
        }
        while (at < end) {
            int groupEnd = groupEnd(at);
            if (text.startsWith(".", groupEnd)) {
                return readIpv4(at) && isComplete();
            }
            if (!readGroup(at, groupEnd)) {
                return false;
            }
            at = groupEnd;
            if (at < end) {
                at = afterColons(at);
                if (at < 0) {
                    return false;
                }
            }
        }
        return isComplete();
    }

    private int groupEnd(int start) {
        int i = start;
        while (i < end && hexDigit(text.charAt(i)) >= 0) {
            i++;
        }
        return i;
    }

    private boolean readGroup(int start, int groupEnd) {
        int digits = groupEnd - start;
        if (digits < 1 || digits > 4 || count == GROUPS) {
            return false;
        }
        int value = 0;
        for (int i = start; i < groupEnd; i++) {
            value = (value << 4) | hexDigit(text.charAt(i));
        }
        groups[count++] = value;
        return true;
    }

    /** Returns the start of the next group, or -1 if the group is followed by no separator or by a trailing one. */
    private int afterColons(int at) {
        if (text.startsWith("::", at)) {
            boolean second = gap >= 0;
            gap = count;
            return second ? -1 : at + 2;
        }
        boolean separated = text.charAt(at) == ':' && at + 1 < end;
        return separated ? at + 1 : -1;
    }

    /** Reads an {@code IPv4address}: four decimal octets without leading zeros, up to the end. */
    private boolean readIpv4(int start) {
        if (count > GROUPS - 2) {
            return false;
        }
        String[] octets = text.substring(start, end).split("\\.", -1);
        if (octets.length != 4) {
            return false;
        }
        int value = 0;
        for (String octet : octets) {
            int number = octet(octet);
            if (number < 0) {
                return false;
            }
            value = (value << 8) | number;
        }
        groups[count++] = value >>> 16;
        groups[count++] = value & 0xFFFF;
        return true;
    }

    private static int octet(String digits) {
        if (digits.isEmpty() || digits.length() > 3 || (digits.length() > 1 && digits.startsWith("0"))) {
            return -1;
        }
        int value = 0;
        for (int i = 0; i < digits.length(); i++) {
            char c = digits.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            value = value * 10 + (c - '0');
        }
        return value > 255 ? -1 : value;
    }

    /** Expands the gap, which represents at least one group (RFC 4291 §2.2). */
    private boolean isComplete() {
        if (gap < 0) {
            return count == GROUPS;
        }
        if (count == GROUPS) {
            return false;
        }
        int after = count - gap;
        System.arraycopy(groups, gap, groups, GROUPS - after, after);
        Arrays.fill(groups, gap, GROUPS - after, 0);
        return true;
    }

    /**
     * Writes the canonical text (RFC 5952 §4.2): "::" for the longest run of at least two zero groups, the first of
     * equals.
     */
    private String write() {
        int runStart = -1;
        int runLength = 1;
        int zeros = 0;
        for (int i = 0; i < GROUPS; i++) {
            zeros = groups[i] == 0 ? zeros + 1 : 0;
            if (zeros > runLength) {
                runLength = zeros;
                runStart = i + 1 - zeros;
            }
        }
        StringBuilder out = new StringBuilder("[");
        int i = 0;
        while (i < GROUPS) {
            if (i == runStart) {
                out.append("::");
                i += runLength;
                continue;
            }
            if (i > 0 && i != runStart + runLength) {
                out.append(':');
            }
            out.append(Integer.toHexString(groups[i++]));
        }
        return out.append(']').toString();
    }

    private static int hexDigit(char c) {
        if (c >= '0' && c <= '9') {
            return c - '0';
        }
        int lower = c | 0x20;
        return lower >= 'a' && lower <= 'f' && c < 0x80 ? lower - 'a' + 10 : -1;
    }
}
