package dev.clew.budget;

/** Kinds of things that are given up when too much memory is held. */
public enum Shed {
    SILENT_CONNECTION("silent-connection"),
    NEW_CONNECTION("new-connection"),
    /** A request that was refused before anything was done for it. */
    REQUEST("request"),
    /** A request under way that asked for more. */
    EXCHANGE("exchange"),
    /** A connection whose peer does not take what was written to it. */
    STALLED_CONNECTION("stalled-connection");

    private final String tag;

    Shed(String tag) {
        this.tag = tag;
    }

    /** The name in metrics and on the management port. */
    public String tag() {
        return tag;
    }
}
