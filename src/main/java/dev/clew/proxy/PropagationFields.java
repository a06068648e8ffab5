package dev.clew.proxy;

/**
 * The header fields by which context travels: W3C Trace Context, W3C Baggage, B3, and those of the other formats that
 * OpenTelemetry knows by name (Jaeger, OpenTracing, AWS X-Ray). Those a client sends end at the gateway, so that exactly
 * one context goes upstream; and so does what asks the gateway itself to trace.
 */
final class PropagationFields {

    private PropagationFields() {}

    static boolean is(String name) {
        return isOne(name) || beginsOne(name);
    }

    private static boolean isOne(String name) {
        return switch (name.length()) {
            case 2 -> name.equalsIgnoreCase("b3");
            case 7 -> name.equalsIgnoreCase("baggage");
            case 10 -> name.equalsIgnoreCase("tracestate") || same(name, "x-b3-flags");
            case 11 -> name.equalsIgnoreCase("traceparent") || same(name, "x-b3-spanid");
            case 12 -> same(name, "x-b3-traceid") || same(name, "x-b3-sampled");
            case 13 ->
                same(name, "uber-trace-id") || name.equalsIgnoreCase("traceresponse") || same(name, "x-trace-force");
            case 14 -> same(name, "jaeger-baggage");
            case 15 -> same(name, "x-amzn-trace-id") || same(name, "jaeger-debug-id");
            case 17 -> same(name, "x-b3-parentspanid");
            default -> false;
        };
    }

    /** Formats that put each member into a field of its own. */
    private static boolean beginsOne(String name) {
        char first = name.isEmpty() ? ' ' : name.charAt(0);
        return switch (first) {
            case 'o', 'O' -> starts(name, "ot-tracer-") || starts(name, "ot-baggage-");
            case 'u', 'U' -> starts(name, "uberctx-");
            default -> false;
        };
    }

    private static boolean starts(String name, String prefix) {
        return name.regionMatches(true, 0, prefix, 0, prefix.length())
                || name.indexOf('_') >= 0 && dashed(name).regionMatches(true, 0, prefix, 0, prefix.length());
    }

    /** Only asked where the length fits, which is rare. */
    private static boolean same(String name, String field) {
        return name.equalsIgnoreCase(field)
                || name.indexOf('_') >= 0 && dashed(name).equalsIgnoreCase(field);
    }

    /** As a service sees it that gets its fields as CGI variables (RFC 3875 section 4.1.18): {@code X_B3_TraceId} is the same there. */
    private static String dashed(String name) {
        return name.replace('_', '-');
    }
}
