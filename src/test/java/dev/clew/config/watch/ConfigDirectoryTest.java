package dev.clew.config.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.config.gateway.AccessLogSettings;
import dev.clew.config.gateway.AccessLogSettings.ShownPath;
import dev.clew.config.gateway.AccessLogSettings.StatusFilter;
import dev.clew.config.gateway.GatewaySettings;
import dev.clew.config.gateway.GatewaySettings.ForcedTracing;
import dev.clew.config.gateway.GatewaySettings.Journal;
import dev.clew.config.gateway.GatewaySettings.ResponseHeaders;
import dev.clew.config.gateway.InvalidGatewayFile;
import dev.clew.config.gateway.LogField;
import dev.clew.network.Cidr;
import dev.clew.network.Networks;
import dev.clew.tenant.LogPolicy;
import dev.clew.tenant.Problem;
import dev.clew.tenant.TenantDefaults;
import dev.clew.tenant.limit.Limits;
import dev.clew.tenant.limit.RequestRate;
import dev.clew.tenant.tracing.CallerTrust;
import dev.clew.tenant.tracing.Keep;
import dev.clew.tenant.tracing.Sampling;
import dev.clew.tenant.tracing.SpanContent;
import dev.clew.tenant.tracing.TracingPolicy;
import dev.clew.tenant.upstream.CircuitBreaker;
import dev.clew.tenant.upstream.CircuitBreaker.FailureRatio;
import dev.clew.tenant.upstream.Connections;
import dev.clew.tenant.upstream.Ejection;
import dev.clew.tenant.upstream.Timeouts;
import dev.clew.tenant.upstream.UpstreamProtocol;
import dev.clew.tenant.upstream.UpstreamTls;
import dev.clew.trace.context.InboundTrust;
import dev.clew.trace.context.Sampler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigDirectoryTest {

    @TempDir
    Path root;

    @Test
    void startsWithoutAnyFile() {
        LoadedConfiguration loaded = load();

        assertEquals(GatewaySettings.STANDARD, loaded.settings());
        assertEquals(List.of(), served(loaded));
        assertEquals(
                List.of("tenants: no folder " + root.resolve("tenants")
                        + " (expected: one with a YAML file for each tenant)"),
                problems(loaded));
    }

    @Test
    void findsNothingWrongWithAnEmptyTenantsFolder() throws IOException {
        Files.createDirectory(root.resolve("tenants"));

        assertEquals(List.of(), problems(load()));
    }

    @Test
    void leavesOutTheBrokenTenantsAndServesTheOthers() throws IOException {
        tenant("a.yaml", "a.test");
        write("tenants/b.yaml", "hosts: [b.test]\nroute: []\n");
        write("tenants/c.yaml", "hosts: [c.test\n");
        Files.write(root.resolve("tenants/d.yaml"), new byte[] {(byte) 0xff});
        Files.write(root.resolve("tenants/e.yaml"), new byte[10_000_000]);
        write("tenants/F.yaml", "");
        tenant("g.yml", "g.test");
        LoadedConfiguration loaded = load();

        assertEquals(List.of("a", "g"), served(loaded));
        assertEquals(
                List.of(
                        "tenants/F.yaml: file name: F (expected: a tenant id: 1 to 63 lower-case letters, digits and"
                                + " hyphens, no hyphen at either end)",
                        "tenants/b.yaml:2: route: unknown key (did you mean \"routes\"?)",
                        "tenants/b.yaml: routes: missing (expected: a list with at least one route)",
                        "tenants/c.yaml:2:1: not YAML: while parsing a flow sequence, expected ',' or ']', "
                                + "but got <stream end>",
                        "tenants/d.yaml: not UTF-8 text (expected: a YAML file in UTF-8)",
                        "tenants/e.yaml: larger than 1 MiB (expected: a smaller file)"),
                problems(loaded));
    }

    @Test
    void leavesAHostToTheFileWhoseNameComesFirst() throws IOException {
        tenant("b.yaml", "B.test., other.test");
        tenant("a.yaml", "a.test, b.test");
        tenant("c.yaml", "other.test");
        LoadedConfiguration loaded = load();

        assertEquals(List.of("a", "c"), served(loaded));
        assertEquals(
                List.of("tenants/b.yaml:1: hosts[0]: \"b.test\" (expected: a host of this tenant only,"
                        + " or one shared by the same kind of match; also in tenants/a.yaml)"),
                problems(loaded));
    }

    @Test
    void letsABrokenTenantClaimNoHost() throws IOException {
        write("tenants/a.yaml", "hosts: [shop.test]\n");
        tenant("b.yaml", "shop.test");

        assertEquals(List.of("b"), served(load()));
    }

    @Test
    void rejectsASecondFileForATenant() throws IOException {
        tenant("a.yaml", "a.test");
        tenant("a.yml", "b.test");

        assertEquals(
                List.of("tenants/a.yml: tenant \"a\" (expected: one file; also in tenants/a.yaml)"), problems(load()));
    }

    @Test
    void readsAMountedConfigMap() throws IOException {
        Files.createDirectories(root.resolve("tenants/..2026_01_01"));
        tenant("..2026_01_01/a.yaml", "a.test");
        Files.createSymbolicLink(root.resolve("tenants/..data"), Path.of("..2026_01_01"));
        Files.createSymbolicLink(root.resolve("tenants/a.yaml"), Path.of("..data/a.yaml"));
        write("tenants/.b.yaml", "never read");
        write("tenants/README.md", "never read");
        Files.createDirectory(root.resolve("tenants/folder.yaml"));
        LoadedConfiguration loaded = load();

        assertEquals(List.of("a"), served(loaded));
        assertEquals(List.of(), problems(loaded));
    }

    @Test
    void reportsAFileThatCannotBeRead() throws IOException {
        Files.createDirectory(root.resolve("tenants"));
        Files.createSymbolicLink(root.resolve("tenants/a.yaml"), Path.of("gone"));

        assertEquals(List.of("tenants/a.yaml: cannot be read: NoSuchFileException"), problems(load()));
    }

    @Test
    void readsTheGatewaysSettings() throws IOException {
        write(
                "gateway/gateway.yaml",
                """
                trusted-proxies: [10.0.0.0/8, "::1"]
                proxy-protocol: {from: [10.1.2.3]}
                via: edge-1
                response-headers: {span-id: false, server-timing: false}
                access-log: {enabled: false, path: masked, fields: [time, status, time], statuses: [404, 5xx]}
                journal: {size: 2M}
                tenant-defaults:
                  tracing: {inbound: restart, sampling: {ratio: .5}}
                  timeout: {response: 2s, attempt: 20s, request: 1m}
                  connections: 7
                  pending-requests: 0
                  ejection: {failures: 5, server-errors: true, time: 10s, longest: 1m, at-most: 0.25}
                  circuit-breaker: {connect-failures: 0, failure-ratio: 0.5, open-for: 5s}
                  limits: {request-body: 1K, connections: 9, request-duration: 2m}
                  access-log: {good: 0.5}
                """);
        tenant("a.yaml", "a.test");
        LoadedConfiguration loaded = load();

        TenantDefaults defaults = new TenantDefaults(
                new TracingPolicy(
                        new CallerTrust(InboundTrust.RESTART, Networks.NONE),
                        new Sampling(Sampling.ratio(0.5), Sampling.UNBOUNDED),
                        Keep.NOTHING,
                        SpanContent.MINIMAL,
                        List.of("default"),
                        List.of()),
                new Connections(
                        new Timeouts(
                                Duration.ofSeconds(1),
                                Duration.ofSeconds(2),
                                Duration.ofSeconds(60),
                                Duration.ofSeconds(20),
                                Duration.ofMinutes(1)),
                        7,
                        0,
                        UpstreamProtocol.HTTP1,
                        100,
                        UpstreamTls.STANDARD),
                new Ejection(5, true, Duration.ofSeconds(10), Duration.ofMinutes(1), 0.25),
                new CircuitBreaker(
                        0, 0, new FailureRatio(0.5, Duration.ofSeconds(10), 20), false, Duration.ofSeconds(5), 1),
                new Limits(RequestRate.ANY, Limits.UNLIMITED, 9, Limits.UNLIMITED, 1024, Duration.ofMinutes(2)),
                new LogPolicy(new Sampler.TraceIdRatio(0.5)));
        assertEquals(
                new GatewaySettings(
                        new Networks(List.of(Cidr.parse("10.0.0.0/8"), Cidr.parse("::1/128"))),
                        new Networks(List.of(Cidr.parse("10.1.2.3"))),
                        new ResponseHeaders(true, false, true, false),
                        "edge-1",
                        new AccessLogSettings(
                                false,
                                Optional.of(ShownPath.MASKED),
                                List.of(LogField.TIME, LogField.STATUS),
                                List.of(new StatusFilter(404, 404), new StatusFilter(500, 599))),
                        new Journal(true, 2 << 20),
                        ForcedTracing.STANDARD,
                        defaults),
                loaded.settings());
        var tenant = loaded.snapshot().tenants().get(0).tenant();
        assertEquals(defaults.tracing(), tenant.tracing());
        assertEquals(defaults.limits(), tenant.limits());
        assertEquals(defaults.connections(), tenant.upstreams().get("a").connections());
        assertEquals(
                defaults.ejection(), tenant.upstreams().get("a").selection().ejection());
    }

    @Test
    void rejectsToStartWithAWrongGatewayFile() throws IOException {
        write(
                "gateway/gateway.yaml",
                """
                trusted-proxies: [10.0.0.1/8, proxy.test, 10.0.0.0/33]
                via: my gateway
                journal: {sise: 5M}
                """);

        assertEquals(
                """
                gateway/gateway.yaml:1: trusted-proxies[0]: "10.0.0.1/8" (expected: no address bits set after the first 8)
                gateway/gateway.yaml:1: trusted-proxies[1]: "proxy.test" (expected: an address range such as 10.0.0.0/8 or 2001:db8::/32)
                gateway/gateway.yaml:1: trusted-proxies[2]: "10.0.0.0/33" (expected: a prefix length from 0 to 32 after the slash)
                gateway/gateway.yaml:2: via: "my gateway" (expected: 1 to 63 letters, digits, '-', '_' and '.')
                gateway/gateway.yaml:3: journal.sise: unknown key (did you mean "size"?)""",
                assertThrows(InvalidGatewayFile.class, this::load).getMessage());
    }

    @Test
    void namesTheNearestOfSeveralPlacesWhereAMisplacedKeyStands() throws IOException {
        write("gateway/gateway.yaml", "timeout: {response: 1s}\n");

        String message = assertThrows(InvalidGatewayFile.class, this::load).getMessage();
        assertTrue(
                message.startsWith("gateway/gateway.yaml:1: timeout: unknown key (it stands at "
                        + "tenant-defaults.timeout; expected: one of"),
                message);
    }

    @Test
    void startsWithoutTenantsWhateverStandsThere() throws IOException {
        write("tenants", "a file where a folder should be");

        assertTrue(load().snapshot().tenants().isEmpty());
    }

    private void tenant(String name, String hosts) throws IOException {
        write(
                "tenants/" + name,
                """
                hosts: [%s]
                upstreams: {a: {endpoints: ["http://a"]}}
                routes: [{name: all, match: {path: /**}, upstream: a}]
                """
                        .formatted(hosts));
    }

    private void write(String file, String content) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, content);
    }

    private LoadedConfiguration load() {
        return new ConfigDirectory(root, Map.<String, String>of()::get).load(GatewaySettings.STANDARD);
    }

    private static List<String> served(LoadedConfiguration loaded) {
        return loaded.snapshot().tenants().stream()
                .map(entry -> entry.tenant().id().value())
                .toList();
    }

    private static List<String> problems(LoadedConfiguration loaded) {
        return loaded.problems().stream().map(Problem::toString).toList();
    }
}
