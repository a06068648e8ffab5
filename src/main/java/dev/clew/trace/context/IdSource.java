package dev.clew.trace.context;

/** A generator of trace and span IDs, replaceable in tests. Thread-safe. */
public interface IdSource {
    /** Returns a new trace ID: 32 lower-case hexadecimal digits, the last 14 of them random, not all zero. */
    String traceId();

    /** Returns a new span ID: 16 lower-case hexadecimal digits, not all zero. */
    String spanId();
}
