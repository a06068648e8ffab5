package dev.clew.header;

/**
 * The name of a header field as it was written: in whatever letter case, and perhaps with underscores for hyphens, which a
 * service that gets its fields as CGI variables cannot tell apart (RFC 3875 section 4.1.18).
 */
public final class FieldName {

    private FieldName() {}

    /** Whether both are one field's name to whoever may get it. */
    public static boolean isSame(String name, CharSequence written) {
        return name.length() == written.length() && begins(name, written);
    }

    /** Whether what was written begins so. */
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
