package dev.clew.proxy;

/**
 * The header fields by which trace context travels: W3C Trace Context, W3C Baggage and B3. Those a client sends end at the
 * gateway, so that exactly one context goes upstream.
 */
final class PropagationFields {

    private PropagationFields() {}

    static boolean is(String name) {
        return switch (name.length()) {
            case 2 -> name.equalsIgnoreCase("b3");
            case 7 -> name.equalsIgnoreCase("baggage");
            case 10 -> name.equalsIgnoreCase("tracestate") || name.equalsIgnoreCase("x-b3-flags");
            case 11 -> name.equalsIgnoreCase("traceparent") || name.equalsIgnoreCase("x-b3-spanid");
            case 12 -> name.equalsIgnoreCase("x-b3-traceid") || name.equalsIgnoreCase("x-b3-sampled");
            case 17 -> name.equalsIgnoreCase("x-b3-parentspanid");
            default -> false;
        };
    }
}
