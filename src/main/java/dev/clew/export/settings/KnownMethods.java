package dev.clew.export.settings;

import java.util.ArrayList;
import java.util.List;

/** The request methods that spans name ({@code OTEL_INSTRUMENTATION_HTTP_KNOWN_METHODS}; HTTP conventions). */
public final class KnownMethods {

    /** The methods of RFC 9110, PATCH (RFC 5789) and QUERY; frequent ones first. */
    public static final List<String> STANDARD =
            List.of("GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "TRACE", "CONNECT", "QUERY");

    private static final int MAX = 64;
    private static final int LONGEST = 32;

    private KnownMethods() {}

    /** Parses a comma-separated list of case-sensitive names; bounded, since each may create series of metrics. */
    public static List<String> parse(String list) throws Environment.Malformed {
        List<String> methods = new ArrayList<>();
        for (String written : list.split(",", -1)) {
            String method = written.strip();
            if (method.length() > LONGEST || !method.chars().allMatch(KnownMethods::isLetter)) {
                throw malformed();
            }
            if (!method.isEmpty() && !methods.contains(method)) {
                methods.add(method);
            }
        }
        if (methods.isEmpty() || methods.size() > MAX) {
            throw malformed();
        }
        return methods;
    }

    private static boolean isLetter(int c) {
        return c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c == '-';
    }

    private static Environment.Malformed malformed() {
        return new Environment.Malformed("up to " + MAX + " names of letters and hyphens, such as GET,POST");
    }
}
