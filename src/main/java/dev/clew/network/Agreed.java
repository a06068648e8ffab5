package dev.clew.network;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The value that proxies give a field that is meant to stand once, such as {@code X-Forwarded-Proto}. Where it stands
 * several times, on lines of its own or in a list, a client may have written one of them: they count only if they all
 * say the same.
 */
public final class Agreed {

    private Agreed() {}

    /**
     * Returns the one value that stands on all lines, without blanks around it; null for none, and for several that
     * differ.
     */
    public static @Nullable String on(List<String> lines) {
        String agreed = null;
        for (String line : lines) {
            int start = 0;
            for (int comma = line.indexOf(','); start <= line.length(); comma = line.indexOf(',', start)) {
                int end = comma < 0 ? line.length() : comma;
                String value = line.substring(start, end).strip();
                if (agreed != null && !agreed.equalsIgnoreCase(value)) {
                    return null;
                }
                agreed = value;
                start = end + 1;
            }
        }
        return agreed;
    }
}
