package dev.clew.tenant.host;

import org.jspecify.annotations.Nullable;

/** The normal form in which hosts are compared. */
public final class HostName {

    /** In characters, without the trailing dot (RFC 1035 §2.3.4). */
    private static final int MAX_LENGTH = 253;

    private static final int MAX_LABEL = 63;
    private static final int MAX_PORT = 65_535;

    private HostName() {}

    /**
     * Extracts the host of a {@code Host} field or an {@code :authority} (RFC 9110 §7.2: {@code uri-host [":" port]})
     * and normalises it: lower case (RFC 3986 §3.2.2), without port and trailing dot, an IPv6 address in brackets in
     * its canonical spelling (RFC 5952 §4). Returns the argument itself if nothing changes.
     *
     * <p>Deliberately narrower than the grammar's {@code reg-name}: names are DNS names (RFC 9110 §4.3.3) of letters,
     * digits, "-" and "_", with labels of 1 to 63 characters and 253 in total. Percent-escapes, {@code sub-delims},
     * non-ASCII characters, user information, zone identifiers and {@code IPvFuture} are malformed. A port is 0 to
     * 65535 or empty.
     *
     * @param hostHeader the value of the field, any string
     * @return null if the value is malformed or empty
     */
    public static @Nullable String normalise(String hostHeader) {
        if (hostHeader.startsWith("[")) {
            int bracket = hostHeader.indexOf(']');
            if (bracket < 0 || !isPortOrNothing(hostHeader, bracket + 1)) {
                return null;
            }
            return Ipv6Literal.canonical(hostHeader, bracket + 1);
        }
        int colon = hostHeader.indexOf(':');
        int end = colon < 0 ? hostHeader.length() : colon;
        if (!isPortOrNothing(hostHeader, end)) {
            return null;
        }
        if (end > 0 && hostHeader.charAt(end - 1) == '.') {
            end--;
        }
        return name(hostHeader, end);
    }

    private static @Nullable String name(String text, int end) {
        if (end == 0 || end > MAX_LENGTH) {
            return null;
        }
        boolean upperCase = false;
        int labelStart = 0;
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            if (c == '.') {
                if (!isLabelLength(i - labelStart)) {
                    return null;
                }
                labelStart = i + 1;
            } else if (c >= 'A' && c <= 'Z') {
                upperCase = true;
            } else if (!isNameCharacter(c)) {
                return null;
            }
        }
        if (!isLabelLength(end - labelStart)) {
            return null;
        }
        return upperCase ? lowerCase(text, end) : text.substring(0, end);
    }

    private static boolean isLabelLength(int length) {
        return length > 0 && length <= MAX_LABEL;
    }

    private static boolean isNameCharacter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    }

    private static String lowerCase(String text, int end) {
        char[] lower = new char[end];
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            lower[i] = c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c;
        }
        return new String(lower);
    }

    /** Returns true for {@code [ ":" *DIGIT ]} from {@code start} to the end. */
    private static boolean isPortOrNothing(String text, int start) {
        if (start == text.length()) {
            return true;
        }
        if (text.charAt(start) != ':') {
            return false;
        }
        int port = 0;
        for (int i = start + 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return false;
            }
            port = port * 10 + (c - '0');
            if (port > MAX_PORT) {
                return false;
            }
        }
        return true;
    }
}
