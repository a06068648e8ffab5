package dev.clew.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.config.gateway.GatewaySettings;
import dev.clew.config.watch.ConfigDirectory;
import dev.clew.config.watch.LiveConfiguration;
import dev.clew.export.sdk.InternalSpans;
import dev.clew.tenant.Snapshot;
import dev.clew.tenant.TenantId;
import dev.clew.tenant.upstream.Upstream;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pools across reloads of their tenants' files. */
class UpstreamPoolsTest {

    @TempDir
    Path root;

    private final Vertx vertx = Vertx.vertx();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final UpstreamPools pools = new UpstreamPools(vertx, meters);
    private LiveConfiguration live;
    private Snapshot before;

    @BeforeEach
    void prepareTwoUpstreams() throws IOException {
        write("http://127.0.0.1:2");
        live = new ConfigDirectory(root, Map.<String, String>of()::get).follow(GatewaySettings.STANDARD);
        before = live.current().snapshot();
        pools.prepare(before);
        pools.of(upstream(before, "a")).begin();
        pools.of(upstream(before, "b")).begin();
    }

    @AfterEach
    void close() {
        pools.close();
        vertx.close();
    }

    private void write(String endpointOfB) throws IOException {
        Files.createDirectories(root.resolve("tenants"));
        Files.writeString(
                root.resolve("tenants/acme.yaml"),
                """
                hosts: [acme.test]
                upstreams:
                  a: {endpoints: ["http://127.0.0.1:1"]}
                  b: {endpoints: ["%s"]}
                routes: [{name: all, match: {path: /**}, upstream: a}]
                """
                        .formatted(endpointOfB));
    }

    private Snapshot change(String endpointOfB) throws IOException {
        write(endpointOfB);
        live.look();
        return live.look().orElseThrow().snapshot();
    }

    private static Upstream upstream(Snapshot snapshot, String name) {
        return snapshot.tenant(new TenantId("acme")).tenant().upstreams().get(name);
    }

    private double gauges(String name, String upstream) {
        return meters.find(name).tag("upstream", upstream).gauges().size();
    }

    @Test
    void anUnchangedUpstreamKeepsItsPool() throws IOException {
        UpstreamPool a = pools.of(upstream(before, "a"));
        Snapshot now = change("http://127.0.0.1:3");
        pools.prepare(now);
        pools.retain(List.of(now));
        assertSame(a, pools.of(upstream(now, "a")));
        assertEquals(1, gauges("clew.upstream.requests.active", "a"));
    }

    @Test
    void aPoolStaysUntilNoSnapshotUsesIt() throws IOException {
        Upstream b = upstream(before, "b");
        UpstreamPool pool = pools.of(b);
        Snapshot now = change("http://127.0.0.1:3");
        pools.prepare(now);
        pools.retain(List.of(before, now));
        assertSame(pool, pools.of(b));
        assertNotSame(pool, pools.of(upstream(now, "b")));
        pools.retain(List.of(now));
        assertThrows(IllegalStateException.class, () -> pools.of(b));
    }

    @Test
    void successivePoolsShareASeriesUntilTheLastIsRemoved() throws IOException {
        assertTrue(pools.of(upstream(before, "b")).tryAcquire());
        Snapshot now = change("http://127.0.0.1:81");
        pools.prepare(now);
        UpstreamPool next = pools.of(upstream(now, "b"));
        next.begin();
        assertTrue(next.tryAcquire());
        assertEquals(
                2,
                meters.get("clew.upstream.requests.active")
                        .tag("upstream", "b")
                        .gauge()
                        .value());
        pools.retain(List.of(now));
        assertEquals(
                1,
                meters.get("clew.upstream.requests.active")
                        .tag("upstream", "b")
                        .gauge()
                        .value());
        assertEquals(1, gauges("clew.upstream.addresses", "b"));
        pools.retain(List.of());
        assertEquals(List.of(), meters.getMeters());
    }

    @Test
    void lateCountsLeaveNoMeterBehind() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        UpstreamMetrics metrics = new UpstreamMetrics(new SharedMeters(registry, InternalSpans.NONE), "acme", "a");
        metrics.failedLookup();
        assertEquals(1, registry.getMeters().size());
        metrics.remove();
        metrics.failedLookup();
        assertEquals(List.of(), registry.getMeters());
    }

    @Test
    void twoHundredChangesLeaveNoPoolAndNoMeterBehind() throws IOException {
        int series = meters.getMeters().size();
        Snapshot now = before;
        for (int i = 1; i <= 200; i++) {
            now = change("http://127.0.0.1:" + (100 + i));
            pools.prepare(now);
            pools.of(upstream(now, "b")).begin();
            pools.retain(List.of(now));
        }
        assertEquals(series, meters.getMeters().size());
        assertEquals(2, pools.count());
    }
}
