package dev.clew.config.gateway;

import dev.clew.config.gateway.GatewaySettings.ForcedTracing;
import dev.clew.config.gateway.GatewaySettings.ResponseHeaders;
import dev.clew.config.tenant.CircuitBreakerSection;
import dev.clew.config.tenant.LimitSection;
import dev.clew.config.tenant.LogSection;
import dev.clew.config.tenant.TenantCommonSection;
import dev.clew.config.tenant.TracingSection;
import dev.clew.config.tenant.UpstreamCommonSection;
import dev.clew.config.yaml.Fields;
import dev.clew.config.yaml.Item;
import dev.clew.config.yaml.Setting;
import dev.clew.config.yaml.Setting.Kind;
import dev.clew.tenant.TenantDefaults;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.ConfigValue;
import java.util.List;
import java.util.Map;

/** The file {@code gateway/gateway.yaml}. Everything is optional, and so is the file. */
@ConfigMapping(prefix = GatewayFile.PREFIX)
public interface GatewayFile {

    String PREFIX = "clew.gateway";

    @Setting(
            value = Kind.NETWORK,
            text = "Address ranges of proxies whose `Forwarded` and `X-Forwarded-*` fields [are "
                    + "trusted](http.md#clients-behind-proxies), for example `[10.0.0.0/8, \"fd00::/8\"]`.",
            absent = "none")
    List<Item> trustedProxies();

    @Setting(value = Kind.GROUP, text = "Load balancers that send the client's address in a PROXY protocol header.")
    ProxyProtocolSection proxyProtocol();

    @Setting(
            value = Kind.NAME,
            text = "The gateway's name in `Via`: 1 to 63 letters, digits, `-`, `_`, `.`.",
            standard = "clew")
    ConfigValue via();

    @Setting(value = Kind.GROUP, text = "Headers added to every response.")
    ResponseHeaderSection responseHeaders();

    @Setting(value = Kind.GROUP, text = "The log line for each request.")
    AccessLogSection accessLog();

    @Setting(
            value = Kind.GROUP,
            text = "The [journal](watching.md#the-journal): ended requests, kept in memory by their worth.")
    JournalSection journal();

    @Setting(
            value = Kind.GROUP,
            text = "Telemetry backends, by name (1 to 63 letters, digits, `-`, `_`, `.`); see "
                    + "[Telemetry](#telemetry).")
    Map<String, DestinationSection> destinations();

    @Setting(value = Kind.GROUP, text = "Requests with a valid token, which are traced whatever the sampler decides.")
    ForcedTracingSection forcedTracing();

    @Setting(value = Kind.GROUP, text = "Settings for tenants whose file does not set them.")
    TenantDefaultSection tenantDefaults();

    /** Load balancers that send the PROXY protocol. */
    interface ProxyProtocolSection {

        @Setting(
                value = Kind.NETWORK,
                text = "Address ranges of load balancers whose connections [must begin with a PROXY "
                        + "header](http.md#proxy-protocol).",
                absent = "none")
        List<Item> from();
    }

    /** The header fields set on every response. */
    interface ResponseHeaderSection {

        @Setting(value = Kind.FLAG, text = "Whether responses have `X-Trace-Id`.", standard = "true")
        ConfigValue traceId();

        @Setting(value = Kind.FLAG, text = "Whether responses have `X-Span-Id`.", standard = "true")
        ConfigValue spanId();

        @Setting(value = Kind.FLAG, text = "Whether responses have `traceresponse`.", standard = "true")
        ConfigValue traceresponse();

        @Setting(value = Kind.FLAG, text = "Whether responses have `Server-Timing: trace;desc=…`.", standard = "true")
        ConfigValue serverTiming();

        /** Reads the section; absent values default to the given ones. */
        static ResponseHeaders read(ResponseHeaderSection section, Fields fields, ResponseHeaders standard) {
            return new ResponseHeaders(
                    fields.flag(section.traceId(), standard.traceId()),
                    fields.flag(section.spanId(), standard.spanId()),
                    fields.flag(section.traceresponse(), standard.traceresponse()),
                    fields.flag(section.serverTiming(), standard.serverTiming()));
        }
    }

    /** Requests traced because they have a token. */
    interface ForcedTracingSection {

        @Setting(
                value = Kind.FILE,
                text = "File with the key that [tokens](forced-tracing.md) are signed with, 32 to 4096 bytes; "
                        + "relative to the directory that contains `gateway/`; reloaded when it changes.",
                absent = "none")
        ConfigValue keyFile();

        @Setting(
                value = Kind.COUNT,
                text = "Maximum number of forced requests per minute: for each tenant, and for all unknown hosts "
                        + "together.",
                standard = "60",
                from = 1,
                to = ForcedTracing.MAX_PER_MINUTE)
        ConfigValue perMinute();
    }

    /** The defaults of tenants' files. */
    interface TenantDefaultSection extends TenantCommonSection, UpstreamCommonSection {

        /** Reads the section; absent values default to the given ones. */
        static TenantDefaults read(TenantDefaultSection section, Fields fields, TenantDefaults standard) {
            return new TenantDefaults(
                    TracingSection.read(section.tracing(), fields, standard.tracing()),
                    UpstreamCommonSection.connections(section, fields, standard.connections()),
                    EjectionSection.read(section.ejection(), fields, standard.ejection()),
                    CircuitBreakerSection.read(section.circuitBreaker(), fields, standard.circuitBreaker()),
                    LimitSection.read(section.limits(), fields, standard.limits()),
                    LogSection.read(section.accessLog(), fields, standard.accessLog()));
        }
    }
}
