package dev.clew.journal;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of the selected requests, the newest first.
 *
 * @param next where the following page begins; null after the last
 */
public record JournalPage(List<JournalEntry> entries, @Nullable Cursor next) {

    /**
     * The place of a request in the order of all requests: newest first, of those of one moment by ID. A page begins
     * behind its cursor.
     */
    public record Cursor(long startEpochNanos, String id) {

        /** Before the newest request. */
        public static final Cursor START = new Cursor(Long.MAX_VALUE, "");

        static Cursor of(JournalEntry entry) {
            return new Cursor(entry.outcome().startEpochNanos(), entry.id());
        }

        /** Returns whether the request comes after this place. */
        public boolean isBefore(JournalEntry entry) {
            long time = entry.outcome().startEpochNanos();
            return time < startEpochNanos
                    || time == startEpochNanos && entry.id().compareTo(id) > 0;
        }

        /** Returns the form in a URL. */
        public String text() {
            return startEpochNanos + "-" + id;
        }

        /** Returns the cursor of a text; null if it is none. */
        public static @Nullable Cursor parse(String text) {
            int dash = text.lastIndexOf('-');
            try {
                return dash < 1 ? null : new Cursor(Long.parseLong(text, 0, dash, 10), text.substring(dash + 1));
            } catch (NumberFormatException malformed) {
                return null;
            }
        }
    }
}
