package dev.clew.export.metrics;

/** The begin and the end of cumulative values, in nanoseconds since 1970-01-01T00:00:00Z. */
record PointTime(long startEpochNanos, long epochNanos) {}
