package dev.clew.config.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.clew.config.gateway.GatewaySettings;
import dev.clew.config.yaml.EffectiveValues.Origin;
import dev.clew.config.yaml.EffectiveValues.Value;
import dev.clew.tenant.TenantId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Effective values and their places. */
class SourcesTest {

    private static final TenantId ACME = new TenantId("acme");
    private static final Function<String, String> ENVIRONMENT = Map.of("ORDERS", "http://orders:8080")::get;

    @TempDir
    Path folder;

    @BeforeEach
    void write() throws IOException {
        Files.createDirectories(folder.resolve("gateway"));
        Files.createDirectories(folder.resolve("tenants"));
        Files.writeString(
                folder.resolve("gateway/gateway.yaml"),
                """
                tenant-defaults:
                  timeout: {connect: 250ms}
                  limits:
                    burst: 7
                    requests-per-second: 3
                  tracing: {export-to: [default]}
                """);
        Files.writeString(
                folder.resolve("tenants/acme.yaml"),
                """
                hosts: [acme.test]
                limits: {burst: 400}
                upstreams:
                  "or.ders": {endpoints: ["${ORDERS}"], connections: 8}
                routes:
                  - name: any
                    match: {path: /any/**, headers: [{name: x-plan, value: s3cret}]}
                    upstream: or.ders
                """);
    }

    private LiveConfiguration live() {
        return new ConfigDirectory(folder, ENVIRONMENT).follow(GatewaySettings.STANDARD);
    }

    private static Map<String, Value> values(LoadedConfiguration loaded) {
        List<Value> values = loaded.sources().values(ACME, ENVIRONMENT);
        return values.stream().collect(Collectors.toMap(Value::key, value -> value));
    }

    @Test
    void aValueIsOfTheFileOrTheDefaultsOrBuiltIn() {
        LoadedConfiguration loaded = live().current();
        assertEquals(List.of(), loaded.problems());
        Map<String, Value> values = values(loaded);
        assertEquals(
                new Value("limits.burst", "400", null, Origin.FILE, "tenants/acme.yaml", 2),
                values.get("limits.burst"));
        Value rate = values.get("limits.requests-per-second");
        assertEquals(Origin.TENANT_DEFAULTS, rate.origin());
        assertEquals("3", rate.text());
        assertEquals(5, rate.line());
        Value connect = values.get("upstreams.\"or.ders\".timeout.connect");
        assertEquals(Origin.TENANT_DEFAULTS, connect.origin());
        assertEquals("250ms", connect.text());
        assertEquals("8", values.get("upstreams.\"or.ders\".connections").text());
        assertEquals(
                Origin.BUILT_IN,
                values.get("upstreams.\"or.ders\".pending-requests").origin());
        Value duration = values.get("limits.request-duration");
        assertNull(duration.text());
        assertEquals("no limit", duration.absent());
    }

    @Test
    void whatMayBeSecretIsNotShown() {
        Map<String, Value> values = values(live().current());
        assertEquals("***", values.get("upstreams.\"or.ders\".endpoints[0]").text());
        assertFalse(values.toString().contains("s3cret"), values::toString);
    }

    /** The API shows the configuration that serves requests, not a later file that cannot. */
    @Test
    void aBrokenFileLeavesTheValuesInForce() throws IOException {
        LiveConfiguration live = live();
        live.look();
        Files.writeString(folder.resolve("tenants/acme.yaml"), "hosts: [acme.test]\nlimits: {burst: many}\n");
        LoadedConfiguration broken = live.current();
        for (int i = 0; i < 3 && broken.onLastGoodState().isEmpty(); i++) {
            broken = live.look().orElse(broken);
        }
        assertEquals(List.of(ACME), broken.onLastGoodState());
        assertEquals("400", values(broken).get("limits.burst").text());
    }
}
