package dev.clew.tenant.upstream;

/**
 * How an upstream is connected to, and how much may be at it.
 *
 * @param atOnce the most requests at all its endpoints together, and so with HTTP/1.1 the most connections in use; 1 to
 *     65535
 * @param pending how many requests may wait for a place before further ones are refused; 0 to 1000000
 * @param streams the most requests at once on one HTTP/2 connection, not more than the upstream allows; 1 to 65535
 * @param tls for endpoints whose URL begins with {@code https}
 */
public record Connections(
        Timeouts timeouts, int atOnce, int pending, UpstreamProtocol protocol, int streams, UpstreamTls tls) {

    public static final int MOST_AT_ONCE = 65_535;
    public static final int MOST_PENDING = 1_000_000;
    public static final int MOST_STREAMS = 65_535;

    /** What holds where neither the tenant nor the gateway says otherwise. */
    public static final Connections STANDARD =
            new Connections(Timeouts.DEFAULT, 64, 256, UpstreamProtocol.HTTP1, 100, UpstreamTls.STANDARD);

    public Connections {
        check("connections", atOnce, 1, MOST_AT_ONCE);
        check("pending-requests", pending, 0, MOST_PENDING);
        check("streams", streams, 1, MOST_STREAMS);
    }

    private static void check(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: " + least + " to " + most + ")");
        }
    }
}
