package dev.clew.header;

import java.util.Collection;
import java.util.TreeSet;

/** A small set of header field names, compared as {@link FieldName} does. */
public final class FieldNames {

    /** The empty set. */
    public static final FieldNames NONE = new FieldNames(new String[0]);

    private final String[] names;

    private FieldNames(String[] names) {
        this.names = names;
    }

    public static FieldNames of(Collection<String> names) {
        return names.isEmpty() ? NONE : new FieldNames(new TreeSet<>(names).toArray(String[]::new));
    }

    public boolean contains(CharSequence written) {
        for (String name : names) {
            if (FieldName.isSame(name, written)) {
                return true;
            }
        }
        return false;
    }
}
