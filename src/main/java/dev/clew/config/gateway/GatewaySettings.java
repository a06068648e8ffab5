package dev.clew.config.gateway;

import dev.clew.grammar.ResourceName;
import dev.clew.network.Networks;
import dev.clew.tenant.TenantDefaults;
import dev.clew.tenant.tracing.Sampling;
import dev.clew.tenant.tracing.TracingPolicy;
import dev.clew.trace.context.Sampler;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The operator's settings for the whole gateway: {@code gateway/gateway.yaml}.
 *
 * @param proxyProtocol peers whose connections begin with a PROXY header
 * @param via this gateway's pseudonym in {@code Via} (RFC 9110 section 7.6.3), a {@link ResourceName}
 * @param accessLog whether each request writes a line
 */
public record GatewaySettings(
        Networks trustedProxies,
        Networks proxyProtocol,
        ResponseHeaders responseHeaders,
        String via,
        boolean accessLog,
        RecentTraces recentTraces,
        ForcedTracing forcedTracing,
        TenantDefaults tenantDefaults) {

    /** The settings without a file. */
    public static final GatewaySettings STANDARD = new GatewaySettings(
            Networks.NONE,
            Networks.NONE,
            ResponseHeaders.ALL,
            "clew",
            true,
            RecentTraces.STANDARD,
            ForcedTracing.STANDARD,
            TenantDefaults.STANDARD);

    /** The settings without a file in development mode, which keeps recent traces. */
    public static final GatewaySettings DEVELOPMENT =
            STANDARD.with(new RecentTraces(true, RecentTraces.STANDARD.capacity), TenantDefaults.STANDARD);

    /** Returns a copy with this default sampler for tenants' requests. */
    public GatewaySettings withSampler(Sampler sampler) {
        TracingPolicy tracing = tenantDefaults.tracing();
        Sampling sampling = new Sampling(sampler, tracing.sampling().perSecond());
        return with(recentTraces, tenantDefaults.withTracing(tracing.withSampling(sampling)));
    }

    private GatewaySettings with(RecentTraces traces, TenantDefaults defaults) {
        return new GatewaySettings(
                trustedProxies, proxyProtocol, responseHeaders, via, accessLog, traces, forcedTracing, defaults);
    }

    /** Returns the keys of settings that differ and need a restart. */
    public List<String> needsRestartAfter(GatewaySettings started) {
        Map<String, Object> changed = fixed();
        changed.entrySet().removeAll(started.fixed().entrySet());
        return List.copyOf(changed.keySet());
    }

    /** Returns the settings that the start fixes, by key. */
    Map<String, Object> fixed() {
        Map<String, Object> fixed = new LinkedHashMap<>();
        fixed.put("trusted-proxies", trustedProxies);
        fixed.put("proxy-protocol", proxyProtocol);
        fixed.put("response-headers", responseHeaders);
        fixed.put("via", via);
        fixed.put("access-log", accessLog);
        fixed.put("recent-traces", recentTraces);
        fixed.put("forced-tracing", forcedTracing);
        return fixed;
    }

    public GatewaySettings {
        // Narrower than RFC 9110's token, whose other characters invite mistakes.
        ResourceName.check("via", via);
    }

    /** The trace's header fields set on every response. */
    public record ResponseHeaders(boolean traceId, boolean spanId, boolean traceresponse, boolean serverTiming) {

        public static final ResponseHeaders ALL = new ResponseHeaders(true, true, true, true);
    }

    /**
     * The in-memory store of recent traces that the management port shows.
     *
     * @param capacity the maximum number of spans held; 1 to 100000
     */
    public record RecentTraces(boolean enabled, int capacity) {

        public static final int MAX_CAPACITY = 100_000;

        /** Off, as it costs memory for each span, and few need it outside development. */
        public static final RecentTraces STANDARD = new RecentTraces(false, 1000);

        public RecentTraces {
            if (capacity < 1 || capacity > MAX_CAPACITY) {
                throw new IllegalArgumentException("capacity: " + capacity + " (expected: 1 to " + MAX_CAPACITY + ")");
            }
        }
    }

    /**
     * Requests traced because they have a token.
     *
     * @param keyFile the file with the tokens' signing key, usable or not; empty when no token is accepted
     * @param perMinute the maximum number of forced requests per minute: of each tenant, and of all unknown hosts
     *     together; 1 to 100000
     */
    public record ForcedTracing(Optional<Path> keyFile, int perMinute) {

        public static final int MAX_PER_MINUTE = 100_000;

        /** Accepts no token. */
        public static final ForcedTracing STANDARD = new ForcedTracing(Optional.empty(), 60);

        public ForcedTracing {
            if (perMinute < 1 || perMinute > MAX_PER_MINUTE) {
                throw new IllegalArgumentException(
                        "per-minute: " + perMinute + " (expected: 1 to " + MAX_PER_MINUTE + ")");
            }
        }
    }
}
