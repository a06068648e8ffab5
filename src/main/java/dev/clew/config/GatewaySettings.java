package dev.clew.config;

import dev.clew.tenant.Name;
import dev.clew.tenant.TenantDefaults;

/**
 * The operator's settings for the whole gateway, as {@code gateway/gateway.yaml} gives them.
 *
 * @param via this gateway's pseudonym in {@code Via} (RFC 9110 section 7.6.3), a {@link Name}
 * @param accessLog whether each request writes a line
 */
public record GatewaySettings(
        TrustedProxies trustedProxies,
        ResponseHeaders responseHeaders,
        String via,
        boolean accessLog,
        RecentTraces recentTraces,
        TenantDefaults tenantDefaults) {

    /** What holds without a file. */
    public static final GatewaySettings STANDARD = new GatewaySettings(
            TrustedProxies.NONE, ResponseHeaders.ALL, "clew", true, RecentTraces.STANDARD, TenantDefaults.STANDARD);

    /** The same in development mode, where one wants to look at the latest traces. */
    public static final GatewaySettings DEVELOPMENT = new GatewaySettings(
            TrustedProxies.NONE,
            ResponseHeaders.ALL,
            STANDARD.via,
            true,
            new RecentTraces(true, RecentTraces.STANDARD.capacity),
            TenantDefaults.STANDARD);

    public GatewaySettings {
        // Narrower than RFC 9110's token: the rest of its characters only invites mistakes.
        Name.check("via", via);
    }

    /** Which headers that name the trace are put on every response. */
    public record ResponseHeaders(boolean traceId, boolean spanId, boolean traceresponse, boolean serverTiming) {

        public static final ResponseHeaders ALL = new ResponseHeaders(true, true, true, true);
    }

    /**
     * The in-memory store of the latest traces that the management port shows.
     *
     * @param capacity the most traces held; 1 to 100000
     */
    public record RecentTraces(boolean enabled, int capacity) {

        public static final int MAX_CAPACITY = 100_000;

        /** Off: it costs memory for each trace, and few want it outside development. */
        public static final RecentTraces STANDARD = new RecentTraces(false, 1000);

        public RecentTraces {
            if (capacity < 1 || capacity > MAX_CAPACITY) {
                throw new IllegalArgumentException("capacity: " + capacity + " (expected: 1 to " + MAX_CAPACITY + ")");
            }
        }
    }
}
