package dev.clew.budget;

/** The kinds of work shed under memory pressure. */
public enum Shed {
    SILENT_CONNECTION("silent-connection"),
    NEW_CONNECTION("new-connection"),
    /** A request rejected before it was processed. */
    REQUEST("request"),
    /** A request in progress that needed more memory. */
    EXCHANGE("exchange"),
    /** A connection whose peer does not read. */
    STALLED_CONNECTION("stalled-connection");

    private final String tag;

    Shed(String tag) {
        this.tag = tag;
    }

    /** Returns the name in metrics and on the management port. */
    public String tag() {
        return tag;
    }
}
