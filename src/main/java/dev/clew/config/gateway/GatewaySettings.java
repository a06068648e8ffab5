package dev.clew.config.gateway;

import dev.clew.config.yaml.Values;
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
 */
public record GatewaySettings(
        Networks trustedProxies,
        Networks proxyProtocol,
        ResponseHeaders responseHeaders,
        String via,
        AccessLogSettings accessLog,
        Journal journal,
        ForcedTracing forcedTracing,
        TenantDefaults tenantDefaults) {

    /** The settings without a file. */
    public static final GatewaySettings STANDARD = new GatewaySettings(
            Networks.NONE,
            Networks.NONE,
            ResponseHeaders.ALL,
            "clew",
            AccessLogSettings.STANDARD,
            Journal.STANDARD,
            ForcedTracing.STANDARD,
            TenantDefaults.STANDARD);

    /** Returns a copy with this default sampler for tenants' requests. */
    public GatewaySettings withSampler(Sampler sampler) {
        TracingPolicy tracing = tenantDefaults.tracing();
        Sampling sampling = new Sampling(sampler, tracing.sampling().perSecond());
        return new GatewaySettings(
                trustedProxies,
                proxyProtocol,
                responseHeaders,
                via,
                accessLog,
                journal,
                forcedTracing,
                tenantDefaults.withTracing(tracing.withSampling(sampling)));
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
        fixed.put("journal", journal);
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
     * The journal of requests.
     *
     * @param size the memory for requests in bytes, 1 MiB to 1 GiB
     */
    public record Journal(boolean enabled, long size) {

        private static final long LEAST = 1L << 20;
        private static final long MOST = 1L << 30;

        public static final Journal STANDARD = new Journal(true, 16L << 20);

        public Journal {
            if (size < LEAST || size > MOST) {
                throw new IllegalArgumentException("size: " + size + " (expected: 1M to 1G)");
            }
        }

        /** Parses a size in bytes. */
        static long parseSize(String text) {
            return new Journal(true, Values.size(text)).size;
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
