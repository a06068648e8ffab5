package dev.clew.explain;

import dev.clew.journal.JournalEntry;
import java.util.List;

/** The decision trail of an ended request, made when somebody reads it. */
public final class Trail {

    private Trail() {}

    /** Returns the steps in the order in which they were decided; for an ordinary request the few that are known. */
    public static List<TrailStep> of(JournalEntry entry) {
        return List.of(TrailStep.of(TrailStep.Step.END, Integer.toString(entry.outcome().status()), ""));
    }
}
