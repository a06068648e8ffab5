package dev.clew.tenant.upstream;

/**
 * The connection settings of an upstream and the bounds on its load.
 *
 * @param atOnce the bound on requests in flight at all endpoints together, which for HTTP/1.1 bounds connections in
 *     use; 1 to 65535
 * @param pending the bound on requests that wait for a connection before further ones are rejected; 0 to 1000000
 * @param streams the bound on concurrent requests per HTTP/2 connection, within the upstream's own limit; 1 to 65535
 * @param tls for endpoints whose URL begins with {@code https}
 */
public record Connections(
        Timeouts timeouts, int atOnce, int pending, UpstreamProtocol protocol, int streams, UpstreamTls tls) {

    public static final int MAX_AT_ONCE = 65_535;
    public static final int MAX_PENDING = 1_000_000;
    public static final int MAX_STREAMS = 65_535;

    /** The settings if neither the tenant nor the gateway sets any. */
    public static final Connections STANDARD =
            new Connections(Timeouts.DEFAULT, 64, 256, UpstreamProtocol.HTTP1, 100, UpstreamTls.STANDARD);

    public Connections {
        check("connections", atOnce, 1, MAX_AT_ONCE);
        check("pending-requests", pending, 0, MAX_PENDING);
        check("streams", streams, 1, MAX_STREAMS);
    }

    private static void check(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: " + least + " to " + most + ")");
        }
    }
}
