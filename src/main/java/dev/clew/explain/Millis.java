package dev.clew.explain;

/** Durations in sentences. */
final class Millis {

    private static final long MICROS_PER_MILLI = 1000;
    private static final long NANOS_PER_MICRO = 1000;
    private static final long WHOLE_FROM = 10 * MICROS_PER_MILLI;

    private Millis() {}

    /** Returns milliseconds: whole ones from 10 on, and one digit more below. */
    static String text(long nanos) {
        long micros = nanos / NANOS_PER_MICRO;
        return micros >= WHOLE_FROM
                ? micros / MICROS_PER_MILLI + " ms"
                : micros / MICROS_PER_MILLI + "." + micros % MICROS_PER_MILLI / 100 + " ms";
    }
}
