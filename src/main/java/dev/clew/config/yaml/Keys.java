package dev.clew.config.yaml;

/** The notation of places in a file: {@code routes[0].upstream}, {@code upstreams."a.b".endpoints[1]}. */
public final class Keys {

    private Keys() {}

    public static String child(String parent, String name) {
        String segment = isPlain(name) ? name : '"' + name + '"';
        return parent.isEmpty() ? segment : parent + '.' + segment;
    }

    static String item(String parent, int index) {
        return parent + '[' + index + ']';
    }

    /** Returns the enclosing place; empty for the root. */
    static String parent(String key) {
        return key.substring(0, Math.max(0, Math.max(key.lastIndexOf('.'), key.lastIndexOf('['))));
    }

    /** Counts the segments. */
    static long depth(String key) {
        return 1 + key.chars().filter(c -> c == '.').count();
    }

    /** Returns whether the key affects only tracing and the export of spans. */
    static boolean isOfTelemetry(String key) {
        String path = '.' + key.replace('[', '.') + '.';
        return path.startsWith(".tracing.")
                || path.startsWith(".tenant-defaults.tracing.")
                || path.startsWith(".destinations.")
                || path.startsWith(".forced-tracing.")
                || isBelowOne(path, ".routes.", ".tracing.")
                || isBelowOne(path, ".upstreams.", ".propagate.");
    }

    /** Returns whether the key is within a named or indexed entry, of any name. */
    private static boolean isBelowOne(String path, String several, String key) {
        int name = several.length();
        boolean quoted = path.startsWith("\"", name);
        return path.startsWith(several)
                && path.startsWith(key, path.indexOf('.', quoted ? path.indexOf('"', name + 1) : name));
    }

    private static boolean isPlain(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean alphanumeric = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (!alphanumeric && c != '-' && c != '_') {
                return false;
            }
        }
        return !name.isEmpty();
    }
}
