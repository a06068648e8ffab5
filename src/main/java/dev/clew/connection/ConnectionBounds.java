package dev.clew.connection;

/**
 * The limits on concurrent connections.
 *
 * @param clients the limit for all traffic ports together; from 1
 * @param management the limit for the management port; from 1
 * @param configured the configured limit for clients, before file descriptors are considered
 * @param descriptors the process's limit on file descriptors; {@link FileDescriptors#UNKNOWN} for none
 */
public record ConnectionBounds(int clients, int management, int configured, int descriptors) {

    /** The limit for the management port: enough for probes, scrapers, other replicas and some consoles. */
    public static final int MANAGEMENT = 64;

    /** The limits before the configuration is read. */
    public static final ConnectionBounds ANY =
            new ConnectionBounds(Integer.MAX_VALUE, MANAGEMENT, Integer.MAX_VALUE, FileDescriptors.UNKNOWN);

    public ConnectionBounds {
        if (clients < 1 || management < 1) {
            throw new IllegalArgumentException("connections: " + clients + ", " + management + " (expected: from 1)");
        }
    }

    /**
     * Computes the limits. Half of the file descriptors left are for upstream connections, as most requests need one on
     * each side.
     *
     * @param configured the configured limit on client connections; 0 for none
     * @param descriptors the process's limit on file descriptors
     * @param open the number of file descriptors open before the first client connects
     */
    public static ConnectionBounds of(int configured, int descriptors, int open) {
        int wanted = configured == 0 ? Integer.MAX_VALUE : configured;
        int possible = descriptors == FileDescriptors.UNKNOWN
                ? Integer.MAX_VALUE
                : Math.max(1, (descriptors - open - FileDescriptors.RESERVE) / 2);
        return new ConnectionBounds(Math.min(wanted, possible), MANAGEMENT, wanted, descriptors);
    }

    /** Returns whether file descriptors lower the limit below the configured one. */
    public boolean isLowered() {
        return clients < configured && configured != Integer.MAX_VALUE;
    }
}
