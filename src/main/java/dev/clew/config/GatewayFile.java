package dev.clew.config;

import dev.clew.config.GatewaySettings.RecentTraces;
import dev.clew.config.SelectionSettings.EjectionSettings;
import dev.clew.config.Setting.Kind;
import dev.clew.tenant.Connections;
import io.smallrye.config.ConfigMapping;
import java.util.List;
import java.util.Optional;

/** The file {@code gateway/gateway.yaml}. Everything is optional, and so is the file. */
@ConfigMapping(prefix = GatewayFile.PREFIX)
interface GatewayFile {

    String PREFIX = "clew.gateway";

    @Setting(
            value = Kind.NETWORK,
            text = "The proxies in front whose Forwarded and X-Forwarded-* headers are believed; nobody when left out.")
    Optional<List<String>> trustedProxies();

    @Setting(value = Kind.NAME, text = "This gateway's name in the Via header.", standard = "clew")
    Optional<String> via();

    @Setting(value = Kind.GROUP, text = "The headers put on every response.")
    ResponseHeaderSettings responseHeaders();

    @Setting(value = Kind.GROUP, text = "The line written for each request.")
    AccessLogSettings accessLog();

    @Setting(value = Kind.GROUP, text = "The latest spans, held in memory and shown by trace on the management port.")
    RecentTraceSettings recentTraces();

    @Setting(value = Kind.GROUP, text = "What holds for a tenant whose file does not say.")
    TenantDefaultSettings tenantDefaults();

    /** The headers put on every response. */
    interface ResponseHeaderSettings {

        @Setting(value = Kind.FLAG, text = "X-Trace-Id", standard = "true")
        Optional<String> traceId();

        @Setting(value = Kind.FLAG, text = "X-Span-Id", standard = "true")
        Optional<String> spanId();

        @Setting(value = Kind.FLAG, text = "traceresponse", standard = "true")
        Optional<String> traceresponse();

        @Setting(value = Kind.FLAG, text = "Server-Timing: trace;desc=…", standard = "true")
        Optional<String> serverTiming();
    }

    /** The line written for each request. */
    interface AccessLogSettings {

        @Setting(value = Kind.FLAG, text = "Whether it is written.", standard = "true")
        Optional<String> enabled();
    }

    /** The latest spans, held in memory. */
    interface RecentTraceSettings {

        @Setting(value = Kind.FLAG, text = "Whether they are held.", standard = "false")
        Optional<String> enabled();

        @Setting(
                value = Kind.COUNT,
                text = "The most spans held.",
                standard = "1000",
                from = 1,
                to = RecentTraces.MAX_CAPACITY)
        Optional<String> capacity();
    }

    /** What holds for a tenant whose file does not say. */
    interface TenantDefaultSettings {

        @Setting(value = Kind.GROUP, text = "How requests are traced.")
        TracingSettings tracing();

        @Setting(value = Kind.GROUP, text = "How long an upstream may take.")
        TimeoutSettings timeout();

        @Setting(
                value = Kind.COUNT,
                text = "The most requests at all endpoints of one upstream together.",
                standard = "64",
                from = 1,
                to = Connections.MOST_AT_ONCE)
        Optional<String> connections();

        @Setting(
                value = Kind.COUNT,
                text = "How many requests may wait for a place at one upstream; further ones are answered with 503.",
                standard = "256",
                to = Connections.MOST_PENDING)
        Optional<String> pendingRequests();

        @Setting(value = Kind.GROUP, text = "When an address that fails requests gets none for a while.")
        EjectionSettings ejection();

        @Setting(value = Kind.GROUP, text = "Each tenant's share of the gateway.")
        LimitSettings limits();
    }
}
