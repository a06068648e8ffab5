package dev.clew.journal;

import org.jspecify.annotations.Nullable;

/**
 * The memory of an entry, estimated for a 64-bit JVM with compressed references, and rounded up: what it shares with
 * others, such as the names of its route, does not count.
 */
final class EntrySize {

    /** The entry, its records, two IDs of the trace, and its place in the store: measured 352. */
    static final int LEAST = 384;

    private static final int ATTEMPT = 256;
    private static final int CIRCUMSTANCES = 256;
    /** Its texts are short. */
    private static final int DECISION = 256;

    private static final int STRING = 40;

    private EntrySize() {}

    static long of(JournalEntry entry) {
        Subject subject = entry.subject();
        long size = LEAST
                + (long) ATTEMPT * entry.attempts().size()
                + text(subject.host())
                + text(subject.path())
                + text(subject.network());
        Circumstances circumstances = entry.circumstances();
        return circumstances == null
                ? size
                : size
                        + CIRCUMSTANCES
                        + (long) DECISION * circumstances.routing().size()
                        + text(circumstances.detail());
    }

    private static int text(@Nullable String text) {
        return text == null ? 0 : STRING + text.length();
    }
}
