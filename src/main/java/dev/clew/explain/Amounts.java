package dev.clew.explain;

import java.time.Duration;

/** Durations, sizes and counts as configuration files write them. */
final class Amounts {

    private static final long KIB = 1024;

    private Amounts() {}

    static String of(Duration duration) {
        long millis = duration.toMillis();
        if (millis % 1000 != 0) {
            return millis + "ms";
        }
        long seconds = millis / 1000;
        return seconds % 3600 == 0 && seconds > 0
                ? seconds / 3600 + "h"
                : seconds % 60 == 0 && seconds > 0 ? seconds / 60 + "m" : seconds + "s";
    }

    static String bytes(long bytes) {
        if (bytes % (KIB * KIB) == 0 && bytes > 0) {
            return bytes / (KIB * KIB) + "M";
        }
        return bytes % KIB == 0 && bytes > 0 ? bytes / KIB + "K" : bytes + " bytes";
    }

    static String count(long count, String one) {
        return count + " " + one + (count == 1 ? "" : "s");
    }
}
