package dev.clew.config;

import dev.clew.config.GatewayFile.ForcedTracingSettings;
import dev.clew.config.GatewayFile.RecentTraceSettings;
import dev.clew.config.GatewayFile.ResponseHeaderSettings;
import dev.clew.config.GatewayFile.TenantDefaultSettings;
import dev.clew.config.GatewaySettings.ForcedTracing;
import dev.clew.config.GatewaySettings.RecentTraces;
import dev.clew.config.GatewaySettings.ResponseHeaders;
import dev.clew.network.Cidr;
import dev.clew.network.Networks;
import dev.clew.tenant.Connections;
import dev.clew.tenant.Name;
import dev.clew.tenant.Problem;
import dev.clew.tenant.TenantDefaults;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads the gateway's own file. */
final class GatewayReader {

    private final MappedFileReader<GatewayFile> files;
    private final GatewaySettings standard;
    private final Path folder;

    /** @param folder what the paths in the file are relative to */
    GatewayReader(GatewaySettings standard, Path folder, Function<String, @Nullable String> environment) {
        this.folder = folder;
        this.files = new MappedFileReader<>(GatewayFile.class, environment);
        this.standard = standard;
    }

    /** The settings, or empty when anything is wrong with the file; all of it is then added to the problems. */
    Optional<GatewaySettings> read(String name, byte[] content, List<Problem> problems) {
        Findings findings = new Findings(name);
        GatewayFile file = files.read(content, findings);
        Optional<GatewaySettings> settings =
                file == null ? Optional.empty() : Optional.of(settings(file, new Fields(findings)));
        // Those of destinations are told by whoever reads these.
        findings.problems().stream()
                .filter(problem -> !TelemetryReader.concerns(problem))
                .forEach(problems::add);
        return findings.areTolerable() ? settings : Optional.empty();
    }

    private GatewaySettings settings(GatewayFile file, Fields fields) {
        List<Cidr> proxies = fields.readAll("trusted-proxies", file.trustedProxies(), Cidr::parse);
        String via = fields.read(
                "via",
                file.via(),
                text -> {
                    Name.check("via", text);
                    return text;
                },
                standard.via());
        return new GatewaySettings(
                new Networks(proxies),
                new Networks(fields.readAll(
                        "proxy-protocol.from", file.proxyProtocol().from(), Cidr::parse)),
                responseHeaders(file.responseHeaders(), fields),
                via,
                fields.read("access-log.enabled", file.accessLog().enabled(), Values::flag, standard.accessLog()),
                recentTraces(file.recentTraces(), fields),
                forcedTracing(file.forcedTracing(), fields),
                tenantDefaults(file.tenantDefaults(), fields));
    }

    private ResponseHeaders responseHeaders(ResponseHeaderSettings settings, Fields fields) {
        ResponseHeaders headers = standard.responseHeaders();
        String key = "response-headers.";
        return new ResponseHeaders(
                fields.read(key + "trace-id", settings.traceId(), Values::flag, headers.traceId()),
                fields.read(key + "span-id", settings.spanId(), Values::flag, headers.spanId()),
                fields.read(key + "traceresponse", settings.traceresponse(), Values::flag, headers.traceresponse()),
                fields.read(key + "server-timing", settings.serverTiming(), Values::flag, headers.serverTiming()));
    }

    private RecentTraces recentTraces(RecentTraceSettings settings, Fields fields) {
        RecentTraces traces = standard.recentTraces();
        return new RecentTraces(
                fields.read("recent-traces.enabled", settings.enabled(), Values::flag, traces.enabled()),
                fields.read(
                        "recent-traces.capacity",
                        settings.capacity(),
                        Values.count(1, RecentTraces.MAX_CAPACITY),
                        traces.capacity()));
    }

    private ForcedTracing forcedTracing(ForcedTracingSettings settings, Fields fields) {
        Optional<Path> keyFile = settings.keyFile().flatMap(text -> {
            // What cannot be used now may be later, and is looked at again.
            fields.parse("forced-tracing.key-file", text, this::usableKeyFile);
            return path(text);
        });
        return new ForcedTracing(
                keyFile,
                fields.read(
                        "forced-tracing.per-minute",
                        settings.perMinute(),
                        Values.count(1, ForcedTracing.MOST_PER_MINUTE),
                        standard.forcedTracing().perMinute()));
    }

    private Path usableKeyFile(String text) {
        return path(text)
                .filter(file -> ForceKeyFile.read(file) != null)
                .orElseThrow(() -> new IllegalArgumentException("expected: " + ForceKeyFile.EXPECTED));
    }

    private Optional<Path> path(String text) {
        try {
            return Optional.of(folder.resolve(text));
        } catch (InvalidPathException noPath) {
            return Optional.empty();
        }
    }

    private TenantDefaults tenantDefaults(TenantDefaultSettings settings, Fields fields) {
        TenantDefaults defaults = standard.tenantDefaults();
        SharedSettings shared = new SharedSettings(fields);
        String key = "tenant-defaults";
        Connections connections = defaults.connections();
        return new TenantDefaults(
                shared.tracing(key + ".tracing", settings.tracing(), defaults.tracing()),
                new Connections(
                        shared.timeouts(key + ".timeout", settings.timeout(), connections.timeouts()),
                        fields.read(
                                key + ".connections",
                                settings.connections(),
                                SharedSettings.CONNECTIONS,
                                connections.atOnce()),
                        fields.read(
                                key + ".pending-requests",
                                settings.pendingRequests(),
                                SharedSettings.PENDING_REQUESTS,
                                connections.pending()),
                        connections.protocol(),
                        connections.streams(),
                        connections.tls()),
                shared.ejection(key + ".ejection", settings.ejection(), defaults.ejection()),
                shared.circuitBreaker(key + ".circuit-breaker", settings.circuitBreaker(), defaults.circuitBreaker()),
                shared.limits(key + ".limits", settings.limits(), defaults.limits()));
    }
}
