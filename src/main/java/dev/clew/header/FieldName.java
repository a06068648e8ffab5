package dev.clew.header;

/**
 * Comparison of header field names: ignores case, and treats underscores as hyphens, because a service that receives
 * fields as CGI variables cannot distinguish them (RFC 3875 section 4.1.18).
 */
public final class FieldName {

    private FieldName() {}

    /** Returns whether a service could take both for the same field. */
    public static boolean isSame(String name, CharSequence written) {
        return name.length() == written.length() && begins(name, written);
    }

    /** Returns whether the name begins with this prefix. */
    public static boolean begins(String prefix, CharSequence written) {
        if (written.length() < prefix.length()) {
            return false;
        }
        for (int i = 0; i < prefix.length(); i++) {
            if (folded(prefix.charAt(i)) != folded(written.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static char folded(char c) {
        return c == '_' ? '-' : c >= 'A' && c <= 'Z' ? (char) (c | 0x20) : c;
    }
}
