package dev.clew.connection;

/** Reasons for which the gateway refuses a client's connection, or ends it. */
public enum CloseReason {
    /** As many as may be were open, and none could make room. */
    REFUSED_FULL("refused-full"),
    /** The last descriptors are not for clients. */
    REFUSED_DESCRIPTORS("refused-descriptors"),
    /** The gateway was told to refuse new ones. */
    REFUSED_OVERLOAD("refused-overload"),
    /** The first byte of a connection did not come in time. */
    FIRST_BYTE("first-byte"),
    /** Made room before it had sent a byte. */
    SHED_SILENT("shed-silent"),
    /** Made room before its first request was whole. */
    SHED_UNFINISHED("shed-unfinished"),
    /** Made room while no request was under way. */
    SHED_IDLE("shed-idle"),
    /** Told to end, or closed while idle, when it had gone on long enough or had carried enough requests. */
    LIFE_OVER("life-over"),
    /** Cut off, since requests had not finished within the grace after that. */
    GRACE_OVER("grace-over"),
    /** Cut off, since the gateway ended and its requests had not finished in time. */
    SHUTDOWN("shutdown");

    private final String tag;

    CloseReason(String tag) {
        this.tag = tag;
    }

    /** Of one that makes room. */
    static CloseReason shed(ConnectionState state) {
        return switch (state) {
            case SILENT -> SHED_SILENT;
            case UNFINISHED -> SHED_UNFINISHED;
            case IDLE -> SHED_IDLE;
            case ACTIVE -> throw new IllegalArgumentException("active ones make no room");
        };
    }

    /** As metrics and {@code /q/config} name it. */
    public String tag() {
        return tag;
    }
}
