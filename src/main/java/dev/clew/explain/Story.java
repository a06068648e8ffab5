package dev.clew.explain;

import dev.clew.journal.JournalEntry;

/** The story of a request in one sentence, the same in the console, the API and the command line. */
public final class Story {

    private Story() {}

    /** Returns the story of an ended request. */
    public static String of(JournalEntry entry) {
        return entry.place().tenant() + " responded " + entry.outcome().status();
    }
}
