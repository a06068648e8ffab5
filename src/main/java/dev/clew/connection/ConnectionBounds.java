package dev.clew.connection;

/**
 * The most connections at once.
 *
 * @param clients on all ports for traffic together; from 1
 * @param management on the management port; from 1
 * @param configured what the configuration allows clients, before descriptors are looked at
 * @param descriptors how many the process may have; {@link FileDescriptors#UNKNOWN} for any number
 */
public record ConnectionBounds(int clients, int management, int configured, int descriptors) {

    /** Enough for probes, a few scrapers and a few people. */
    public static final int MANAGEMENT = 32;

    /** Before anything is known. */
    public static final ConnectionBounds ANY =
            new ConnectionBounds(Integer.MAX_VALUE, MANAGEMENT, Integer.MAX_VALUE, FileDescriptors.UNKNOWN);

    public ConnectionBounds {
        if (clients < 1 || management < 1) {
            throw new IllegalArgumentException("connections: " + clients + ", " + management + " (expected: from 1)");
        }
    }

    /**
     * Half of the descriptors that are left is for connections to upstreams: a request mostly needs one on each side.
     *
     * @param configured the most connections of clients; 0 for any number
     * @param descriptors the most there may be
     * @param open how many are open before the first client connects
     */
    public static ConnectionBounds of(int configured, int descriptors, int open) {
        int wanted = configured == 0 ? Integer.MAX_VALUE : configured;
        int possible = descriptors == FileDescriptors.UNKNOWN
                ? Integer.MAX_VALUE
                : Math.max(1, (descriptors - open - FileDescriptors.RESERVE) / 2);
        return new ConnectionBounds(Math.min(wanted, possible), MANAGEMENT, wanted, descriptors);
    }

    /** Says that there are fewer than the configuration allows. */
    public boolean isLowered() {
        return clients < configured && configured != Integer.MAX_VALUE;
    }
}
