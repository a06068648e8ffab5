package dev.clew.access;

import java.util.Collection;
import java.util.TreeSet;

/**
 * A few names of header fields, found in whatever letter case, and also with underscores for hyphens, which a service that gets
 * its fields as CGI variables cannot tell apart (RFC 3875 section 4.1.18).
 */
public final class FieldNames {

    /** None. */
    public static final FieldNames NONE = new FieldNames(new String[0]);

    private final String[] names;

    private FieldNames(String[] names) {
        this.names = names;
    }

    public static FieldNames of(Collection<String> names) {
        return names.isEmpty() ? NONE : new FieldNames(new TreeSet<>(names).toArray(String[]::new));
    }

    public boolean contains(String written) {
        for (String name : names) {
            if (name.length() == written.length() && isSame(name, written)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isSame(String name, String written) {
        for (int i = 0; i < name.length(); i++) {
            if (folded(name.charAt(i)) != folded(written.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static char folded(char c) {
        return c == '_' ? '-' : c >= 'A' && c <= 'Z' ? (char) (c | 0x20) : c;
    }
}
