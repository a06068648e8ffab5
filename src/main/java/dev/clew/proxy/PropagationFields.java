package dev.clew.proxy;

import dev.clew.grammar.FieldName;

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
            case 10 -> name.equalsIgnoreCase("tracestate") || FieldName.isSame("x-b3-flags", name);
            case 11 -> name.equalsIgnoreCase("traceparent") || FieldName.isSame("x-b3-spanid", name);
            case 12 -> FieldName.isSame("x-b3-traceid", name) || FieldName.isSame("x-b3-sampled", name);
            case 13 ->
                FieldName.isSame("uber-trace-id", name)
                        || name.equalsIgnoreCase("traceresponse")
                        || FieldName.isSame("x-trace-force", name);
            case 14 -> FieldName.isSame("jaeger-baggage", name);
            case 15 -> FieldName.isSame("x-amzn-trace-id", name) || FieldName.isSame("jaeger-debug-id", name);
            case 17 -> FieldName.isSame("x-b3-parentspanid", name);
            default -> false;
        };
    }

    /** Formats that put each member into a field of its own. */
    private static boolean beginsOne(String name) {
        char first = name.isEmpty() ? ' ' : name.charAt(0);
        return switch (first) {
            case 'o', 'O' -> FieldName.begins("ot-tracer-", name) || FieldName.begins("ot-baggage-", name);
            case 'u', 'U' -> FieldName.begins("uberctx-", name);
            default -> false;
        };
    }
}
