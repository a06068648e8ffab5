package dev.clew.config;

import dev.clew.config.GatewaySettings.ForcedTracing;
import dev.clew.config.GatewaySettings.RecentTraces;
import dev.clew.config.SelectionSettings.EjectionSettings;
import dev.clew.config.Setting.Kind;
import dev.clew.tenant.Connections;
import io.smallrye.config.ConfigMapping;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The file {@code gateway/gateway.yaml}. Everything is optional, and so is the file. */
@ConfigMapping(prefix = GatewayFile.PREFIX)
interface GatewayFile {

    String PREFIX = "clew.gateway";

    @Setting(
            value = Kind.NETWORK,
            text = "The proxies in front whose Forwarded and X-Forwarded-* headers are believed; nobody when left out.")
    Optional<List<String>> trustedProxies();

    @Setting(value = Kind.GROUP, text = "Load balancers in front that say by the PROXY protocol who connects.")
    ProxyProtocolSettings proxyProtocol();

    @Setting(value = Kind.NAME, text = "This gateway's name in the Via header.", standard = "clew")
    Optional<String> via();

    @Setting(value = Kind.GROUP, text = "The headers put on every response.")
    ResponseHeaderSettings responseHeaders();

    @Setting(value = Kind.GROUP, text = "The line written for each request.")
    AccessLogSettings accessLog();

    @Setting(value = Kind.GROUP, text = "The latest spans, held in memory and shown by trace on the management port.")
    RecentTraceSettings recentTraces();

    @Setting(
            value = Kind.GROUP,
            text =
                    "Where traces go, by name. What is said of \"default\" goes before OTEL_*; tenants choose by tracing.export-to.")
    Map<String, TelemetryDestination> destinations();

    @Setting(
            value = Kind.GROUP,
            text = "Requests that are traced because their sender has a token, whatever samplers say.")
    ForcedTracingSettings forcedTracing();

    @Setting(value = Kind.GROUP, text = "What holds for a tenant whose file does not say.")
    TenantDefaultSettings tenantDefaults();

    /** Load balancers in front that say by the PROXY protocol who connects. */
    interface ProxyProtocolSettings {

        @Setting(
                value = Kind.NETWORK,
                text = "Where they are: each connection from there must begin with a PROXY header, version 1 or 2.")
        Optional<List<String>> from();
    }

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

    /** Requests that are traced because their sender has a token. */
    interface ForcedTracingSettings {

        @Setting(
                value = Kind.FILE,
                text =
                        "The file with the key that tokens are signed with, at least 32 bytes; relative to the folder that"
                                + " holds gateway/. No token is accepted when left out.")
        Optional<String> keyFile();

        @Setting(
                value = Kind.COUNT,
                text =
                        "How many requests may be forced in a minute: of each tenant, and of all unknown hosts together.",
                standard = "60",
                from = 1,
                to = ForcedTracing.MOST_PER_MINUTE)
        Optional<String> perMinute();
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

        @Setting(value = Kind.GROUP, text = "When an upstream that fails requests gets none for a while.")
        CircuitBreakerSettings circuitBreaker();

        @Setting(value = Kind.GROUP, text = "Each tenant's share of the gateway.")
        LimitSettings limits();
    }
}
