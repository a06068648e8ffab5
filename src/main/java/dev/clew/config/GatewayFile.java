package dev.clew.config;

import dev.clew.config.GatewaySettings.ForcedTracing;
import dev.clew.config.GatewaySettings.RecentTraces;
import dev.clew.config.Setting.Kind;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.ConfigValue;
import java.util.List;
import java.util.Map;

/** The file {@code gateway/gateway.yaml}. Everything is optional, and so is the file. */
@ConfigMapping(prefix = GatewayFile.PREFIX)
interface GatewayFile {

    String PREFIX = "clew.gateway";

    @Setting(
            value = Kind.NETWORK,
            text = "Address ranges of proxies whose `Forwarded` and `X-Forwarded-*` "
                    + "[are believed](http.md#clients-behind-proxies), such as `[10.0.0.0/8, \"fd00::/8\"]`.",
            absent = "nobody")
    List<Item> trustedProxies();

    @Setting(value = Kind.GROUP, text = "Load balancers in front that say by the PROXY protocol who connects.")
    ProxyProtocolSection proxyProtocol();

    @Setting(
            value = Kind.NAME,
            text = "The gateway's name in `Via`: 1 to 63 letters, digits, `-`, `_`, `.`.",
            standard = "clew")
    ConfigValue via();

    @Setting(value = Kind.GROUP, text = "The headers put on every response.")
    ResponseHeaderSection responseHeaders();

    @Setting(value = Kind.GROUP, text = "The line written for each request.")
    AccessLogSection accessLog();

    @Setting(value = Kind.GROUP, text = "The latest spans, held in memory and shown by trace on the management port.")
    RecentTraceSection recentTraces();

    @Setting(
            value = Kind.GROUP,
            text = "Where traces go, by name (1 to 63 letters, digits, `-`, `_`, `.`): see "
                    + "[Telemetry](#telemetry).")
    Map<String, DestinationSection> destinations();

    @Setting(
            value = Kind.GROUP,
            text = "Requests that are traced because their sender has a token, whatever samplers say.")
    ForcedTracingSection forcedTracing();

    @Setting(value = Kind.GROUP, text = "The settings of a tenant whose file does not say.")
    TenantDefaultSection tenantDefaults();

    /** Load balancers in front that say by the PROXY protocol who connects. */
    interface ProxyProtocolSection {

        @Setting(
                value = Kind.NETWORK,
                text = "Address ranges of load balancers whose connections [must begin with a PROXY "
                        + "header](http.md#proxy-protocol).",
                absent = "nowhere")
        List<Item> from();
    }

    /** The headers put on every response. */
    interface ResponseHeaderSection {

        @Setting(value = Kind.FLAG, text = "Whether responses have `X-Trace-Id`.", standard = "true")
        ConfigValue traceId();

        @Setting(value = Kind.FLAG, text = "Whether responses have `X-Span-Id`.", standard = "true")
        ConfigValue spanId();

        @Setting(value = Kind.FLAG, text = "Whether responses have `traceresponse`.", standard = "true")
        ConfigValue traceresponse();

        @Setting(value = Kind.FLAG, text = "Whether responses have `Server-Timing: trace;desc=…`.", standard = "true")
        ConfigValue serverTiming();
    }

    /** The line written for each request. */
    interface AccessLogSection {

        @Setting(value = Kind.FLAG, text = "Whether each request writes a line.", standard = "true")
        ConfigValue enabled();
    }

    /** The latest spans, held in memory. */
    interface RecentTraceSection {

        @Setting(
                value = Kind.FLAG,
                text = "Whether the latest spans are held and shown at `/q/traces/{trace-id}`.",
                absent = "`false`; `true` in development mode",
                standard = "false")
        ConfigValue enabled();

        @Setting(
                value = Kind.COUNT,
                text = "The most spans held; a newer span takes the oldest one's place.",
                standard = "1000",
                from = 1,
                to = RecentTraces.MAX_CAPACITY)
        ConfigValue capacity();
    }

    /** Requests that are traced because their sender has a token. */
    interface ForcedTracingSection {

        @Setting(
                value = Kind.FILE,
                text = "The file with the key that [tokens](forced-tracing.md) are signed with, 32 to 4096 "
                        + "bytes; relative to the folder that holds `gateway/`; read again when it changes.",
                absent = "none")
        ConfigValue keyFile();

        @Setting(
                value = Kind.COUNT,
                text = "The most requests that may be forced in a minute: of each tenant, and of all unknown "
                        + "hosts together.",
                standard = "60",
                from = 1,
                to = ForcedTracing.MOST_PER_MINUTE)
        ConfigValue perMinute();
    }

    /** Holds for a tenant whose file does not say. */
    interface TenantDefaultSection extends TenantCommonSection, UpstreamCommonSection {}
}
