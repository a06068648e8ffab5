package dev.clew.config;

import dev.clew.network.Networks;
import dev.clew.tenant.Name;
import dev.clew.tenant.Sampling;
import dev.clew.tenant.TenantDefaults;
import dev.clew.tenant.TracingPolicy;
import dev.clew.trace.context.Sampler;

/**
 * The operator's settings for the whole gateway, as {@code gateway/gateway.yaml} gives them.
 *
 * @param via this gateway's pseudonym in {@code Via} (RFC 9110 section 7.6.3), a {@link Name}
 * @param accessLog whether each request writes a line
 */
public record GatewaySettings(
        Networks trustedProxies,
        ResponseHeaders responseHeaders,
        String via,
        boolean accessLog,
        RecentTraces recentTraces,
        TenantDefaults tenantDefaults) {

    /** What holds without a file. */
    public static final GatewaySettings STANDARD = new GatewaySettings(
            Networks.NONE, ResponseHeaders.ALL, "clew", true, RecentTraces.STANDARD, TenantDefaults.STANDARD);

    /** The same in development mode, where one wants to look at the latest traces. */
    public static final GatewaySettings DEVELOPMENT = new GatewaySettings(
            Networks.NONE,
            ResponseHeaders.ALL,
            STANDARD.via,
            true,
            new RecentTraces(true, RecentTraces.STANDARD.capacity),
            TenantDefaults.STANDARD);

    /** The same, where a tenant's requests are sampled by this unless its file says how. */
    public GatewaySettings withSampler(Sampler sampler) {
        TracingPolicy tracing = tenantDefaults.tracing();
        return new GatewaySettings(
                trustedProxies,
                responseHeaders,
                via,
                accessLog,
                recentTraces,
                tenantDefaults.withTracing(tracing.withSampling(
                        new Sampling(sampler, tracing.sampling().perSecond()))));
    }

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
