package dev.clew.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.config.gateway.GatewaySettings;
import dev.clew.config.watch.ConfigDirectory;
import dev.clew.config.watch.LoadedConfiguration;
import dev.clew.route.Facts;
import dev.clew.route.RequestFacts;
import dev.clew.route.RequestPath;
import dev.clew.tenant.Problem;
import dev.clew.tenant.Snapshot;
import dev.clew.tenant.TenantEntry;
import dev.clew.tenant.TenantResolver;
import dev.clew.tenant.TenantResolver.Resolution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tenants that share a host: assignment of requests, and conflicting claims. */
class SharedHostTest {

    private static final String CLASH =
            "(expected: a host of this tenant only, or one shared by the same kind of match; also in tenants/%s.yaml)";

    @TempDir
    Path root;

    @BeforeEach
    void createFolder() throws IOException {
        Files.createDirectory(root.resolve("tenants"));
    }

    @ParameterizedTest
    @CsvSource({
        "/acme, acme",
        "/acme/, acme",
        "/acme/orders/1, acme",
        "/acme;x/orders, acme",
        "/%61cme/orders, acme",
        "//acme//orders, acme",
        "/globex/../acme/a, acme",
        "/acme/../globex/a, globex",
        "/acme/%2e%2e/globex, globex",
        "/acme/shop/a, shop",
        "/acme/shopping, acme",
        "/acmes, ",
        "/ACME/orders, ",
        "/, ",
        "/other/acme, ",
    })
    void findsTheTenantByTheLongestPathPrefix(String path, @Nullable String tenant) throws IOException {
        tenant("acme", "match: {path-prefix: /acme}");
        tenant("globex", "match: {path-prefix: /globex}");
        tenant("shop", "match: {path-prefix: /acme/shop}");

        assertEquals(tenant, resolve(path, Map.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/acme/..%2fglobex", "/acme/..;/globex", "/../acme", "/acme%5c..", "/acme/%"})
    void leavesARequestUndecidedWhosePathCanBeReadInTwoWays(String path) throws IOException {
        tenant("acme", "match: {path-prefix: /acme}");
        Resolution resolution =
                TenantResolver.resolve(load().snapshot(), "shared.test", normalised(path), facts(Map.of()));

        assertTrue(resolution instanceof Resolution.Undecided, resolution::toString);
    }

    @ParameterizedTest
    @CsvSource({"acme, acme", "globex, globex", "ACME, ", "'acme, globex', ", "'', "})
    void findsTheTenantByTheValueOfAHeader(String value, @Nullable String tenant) throws IOException {
        tenant("acme", "match: {header: {name: X-Tenant, value: acme}}");
        tenant("globex", "match: {header: {name: x-tenant, value: globex}}");

        assertEquals(tenant, resolve("/any", Map.of("x-tenant", value)));
    }

    @Test
    void findsNobodyWithoutTheHeader() throws IOException {
        tenant("acme", "match: {header: {name: x-tenant, value: acme}}");

        assertEquals(null, resolve("/any", Map.of("x-other", "acme")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            textBlock =
                    """
            match: {path-prefix: /a}                        | match: {path-prefix: /a}
            match: {path-prefix: /a}                        | none
            none                                            | match: {path-prefix: /a}
            none                                            | match: {header: {name: x, value: a}}
            match: {path-prefix: /a}                        | match: {header: {name: x, value: a}}
            match: {header: {name: x, value: a}}            | match: {header: {name: x, value: a}}
            match: {header: {name: x, value: a}}            | match: {header: {name: y, value: b}}
            """)
    void leavesOutTheTenantWhoseClaimClashes(@Nullable String first, @Nullable String second) throws IOException {
        tenant("a", first == null ? "" : first);
        tenant("b", second == null ? "" : second);
        tenant("c", "", "c.test");
        LoadedConfiguration loaded = load();

        assertEquals(
                List.of("a", "c"),
                loaded.snapshot().tenants().stream()
                        .map(entry -> entry.tenant().id().value())
                        .toList());
        assertEquals(
                List.of("tenants/b.yaml:1: hosts[0]: \"shared.test\" " + CLASH.formatted("a")),
                loaded.problems().stream().map(Problem::toString).toList());
    }

    @Test
    void judgesALaterClaimByThoseThatWereAccepted() throws IOException {
        tenant("a", "match: {path-prefix: /a}");
        tenant("b", "match: {path-prefix: /a}", "shared.test, b.test");
        tenant("c", "match: {path-prefix: /b}", "shared.test, b.test");

        assertEquals("c", resolve("/b", Map.of()));
        assertEquals(1, load().problems().size());
    }

    private @Nullable String resolve(String path, Map<String, String> headers) throws IOException {
        Snapshot snapshot = load().snapshot();
        TenantEntry found = TenantResolver.resolve(snapshot, "shared.test", normalised(path), facts(headers))
                .tenant();
        return found == null ? null : found.tenant().id().value();
    }

    private static @Nullable RequestPath normalised(String path) {
        return RequestPath.parse(path) instanceof RequestPath.Parsed.Ok ok ? ok.path() : null;
    }

    private static RequestFacts facts(Map<String, String> headers) {
        return new Facts(headers, null);
    }

    private LoadedConfiguration load() {
        return new ConfigDirectory(root, Map.<String, String>of()::get).load(GatewaySettings.STANDARD);
    }

    private void tenant(String id, String match) throws IOException {
        tenant(id, match, "shared.test");
    }

    private void tenant(String id, String match, String hosts) throws IOException {
        Files.writeString(
                root.resolve("tenants/" + id + ".yaml"),
                """
                hosts: [%s]
                upstreams: {a: {endpoints: ["http://a"]}}
                routes: [{name: all, match: {path: /**}, upstream: a}]
                %s
                """
                        .formatted(hosts, match));
    }
}
