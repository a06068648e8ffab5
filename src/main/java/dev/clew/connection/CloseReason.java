package dev.clew.connection;

/** The reasons for which the gateway rejects or closes a client connection. */
public enum CloseReason {
    /** The limit was reached, and every open connection was active. */
    REFUSED_FULL("refused-full"),
    /** Only reserved file descriptors were left. */
    REFUSED_DESCRIPTORS("refused-descriptors"),
    /** Overload protection was closing new connections. */
    REFUSED_OVERLOAD("refused-overload"),
    /** The first byte did not arrive in time. */
    FIRST_BYTE("first-byte"),
    /** Displaced before the first byte. */
    SHED_SILENT("shed-silent"),
    /** Displaced before its first request head was complete. */
    SHED_UNFINISHED("shed-unfinished"),
    /** Displaced while idle. */
    SHED_IDLE("shed-idle"),
    /** Drained, or closed while idle, at its maximum age or number of requests. */
    LIFE_OVER("life-over"),
    /** Closed because its requests exceeded the grace period of the drain. */
    GRACE_OVER("grace-over"),
    /** Closed at shutdown because its requests exceeded the drain period. */
    SHUTDOWN("shutdown");

    private final String tag;

    CloseReason(String tag) {
        this.tag = tag;
    }

    /** Returns the reason for displacing a connection in a state. */
    static CloseReason shed(ConnectionState state) {
        return switch (state) {
            case SILENT -> SHED_SILENT;
            case UNFINISHED -> SHED_UNFINISHED;
            case IDLE -> SHED_IDLE;
            case ACTIVE -> throw new IllegalArgumentException("active connections are not displaced");
        };
    }

    /** Returns the name in metrics and in {@code /q/config}. */
    public String tag() {
        return tag;
    }
}
