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
            case 10 -> name.equalsIgnoreCase("tracestate") || name.equalsIgnoreCase("x-b3-flags");
            case 11 -> name.equalsIgnoreCase("traceparent") || name.equalsIgnoreCase("x-b3-spanid");
            case 12 -> name.equalsIgnoreCase("x-b3-traceid") || name.equalsIgnoreCase("x-b3-sampled");
            case 13 ->
                name.equalsIgnoreCase("uber-trace-id")
                        || name.equalsIgnoreCase("traceresponse")
                        || name.equalsIgnoreCase("x-trace-force");
            case 14 -> name.equalsIgnoreCase("jaeger-baggage");
            case 15 -> name.equalsIgnoreCase("x-amzn-trace-id") || name.equalsIgnoreCase("jaeger-debug-id");
            case 17 -> name.equalsIgnoreCase("x-b3-parentspanid");
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
        return name.regionMatches(true, 0, prefix, 0, prefix.length());
    }
}
