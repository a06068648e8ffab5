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
            text = "The proxies in front whose Forwarded and X-Forwarded-* headers are believed; nobody when left out.")
    List<Item> trustedProxies();

    @Setting(value = Kind.GROUP, text = "Load balancers in front that say by the PROXY protocol who connects.")
    ProxyProtocolSection proxyProtocol();

    @Setting(value = Kind.NAME, text = "This gateway's name in the Via header.", standard = "clew")
    ConfigValue via();

    @Setting(value = Kind.GROUP, text = "The headers put on every response.")
    ResponseHeaderSection responseHeaders();

    @Setting(value = Kind.GROUP, text = "The line written for each request.")
    AccessLogSection accessLog();

    @Setting(value = Kind.GROUP, text = "The latest spans, held in memory and shown by trace on the management port.")
    RecentTraceSection recentTraces();

    @Setting(
            value = Kind.GROUP,
            text =
                    "Where traces go, by name. What is said of \"default\" goes before OTEL_*; tenants choose by tracing.export-to.")
    Map<String, DestinationSection> destinations();

    @Setting(
            value = Kind.GROUP,
            text = "Requests that are traced because their sender has a token, whatever samplers say.")
    ForcedTracingSection forcedTracing();

    @Setting(value = Kind.GROUP, text = "What holds for a tenant whose file does not say.")
    TenantDefaultSection tenantDefaults();

    /** Load balancers in front that say by the PROXY protocol who connects. */
    interface ProxyProtocolSection {

        @Setting(
                value = Kind.NETWORK,
                text = "Where they are: each connection from there must begin with a PROXY header, version 1 or 2.")
        List<Item> from();
    }

    /** The headers put on every response. */
    interface ResponseHeaderSection {

        @Setting(value = Kind.FLAG, text = "X-Trace-Id", standard = "true")
        ConfigValue traceId();

        @Setting(value = Kind.FLAG, text = "X-Span-Id", standard = "true")
        ConfigValue spanId();

        @Setting(value = Kind.FLAG, text = "traceresponse", standard = "true")
        ConfigValue traceresponse();

        @Setting(value = Kind.FLAG, text = "Server-Timing: trace;desc=…", standard = "true")
        ConfigValue serverTiming();
    }

    /** The line written for each request. */
    interface AccessLogSection {

        @Setting(value = Kind.FLAG, text = "Whether it is written.", standard = "true")
        ConfigValue enabled();
    }

    /** The latest spans, held in memory. */
    interface RecentTraceSection {

        @Setting(value = Kind.FLAG, text = "Whether they are held.", standard = "false")
        ConfigValue enabled();

        @Setting(
                value = Kind.COUNT,
                text = "The most spans held.",
                standard = "1000",
                from = 1,
                to = RecentTraces.MAX_CAPACITY)
        ConfigValue capacity();
    }

    /** Requests that are traced because their sender has a token. */
    interface ForcedTracingSection {

        @Setting(
                value = Kind.FILE,
                text =
                        "The file with the key that tokens are signed with, at least 32 bytes; relative to the folder that"
                                + " holds gateway/. No token is accepted when left out.")
        ConfigValue keyFile();

        @Setting(
                value = Kind.COUNT,
                text =
                        "How many requests may be forced in a minute: of each tenant, and of all unknown hosts together.",
                standard = "60",
                from = 1,
                to = ForcedTracing.MOST_PER_MINUTE)
        ConfigValue perMinute();
    }

    /** Holds for a tenant whose file does not say. */
    interface TenantDefaultSection extends TenantCommonSection, UpstreamCommonSection {}
}
