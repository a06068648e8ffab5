package dev.clew.tenant;

import java.util.List;

/** The snapshot in force. Any thread may read it; whoever reads it twice for one request may see two of them. */
public final class Tenants {

    private volatile Snapshot current;
    private volatile List<Problem> problems = List.of();

    public Tenants(Snapshot initial) {
        this.current = initial;
    }

    public Snapshot current() {
        return current;
    }

    /** What was wrong with the configuration files when they were last read; for people, not for requests. */
    public List<Problem> problems() {
        return problems;
    }

    /** Puts a new snapshot in force for all requests that begin from now on. */
    public void apply(Snapshot next) {
        current = next;
    }

    /** As {@link #apply(Snapshot)}, with what was found wrong on the way. */
    public void apply(Snapshot next, List<Problem> found) {
        problems = List.copyOf(found);
        current = next;
    }
}
