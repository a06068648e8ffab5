package dev.clew.config.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.clew.config.gateway.GatewaySettings;
import dev.clew.tenant.Problem;
import dev.clew.tenant.TenantEntry;
import dev.clew.tenant.TenantId;
import dev.clew.tenant.upstream.Upstream;
import dev.clew.testing.PemFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The effect of file changes on tenants, with look-ups by hand, so that no test waits. */
class LiveConfigurationTest {

    private static final String TENANT =
            """
            hosts: [%s]
            upstreams:
              a: {endpoints: ["http://a"]}
              b: {endpoints: ["http://b"]}
            routes: [{name: all, match: {path: /**}, upstream: a}]
            """;

    @TempDir
    Path root;

    private LiveConfiguration live;

    @BeforeEach
    void writeTwoTenants() throws IOException {
        tenant("acme", "acme.test");
        tenant("zoo", "zoo.test");
        live = new ConfigDirectory(root, Map.<String, String>of()::get).follow(GatewaySettings.STANDARD);
        look();
        look();
        assertEquals(Optional.empty(), live.look());
    }

    @Test
    void movedLinesOfTheGatewaysFileAreToldThoughNoValueChanges() throws IOException {
        write("gateway/gateway.yaml", "tenant-defaults: {}\n");
        afterTwoLooks();
        write("gateway/gateway.yaml", "# moved\ntenant-defaults: {}\n");
        assertEquals(Optional.empty(), live.look(), "one look-up is not enough");
        assertTrue(live.look().isPresent());
    }

    private void write(String file, String text) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private void tenant(String id, String host) throws IOException {
        write("tenants/" + id + ".yaml", TENANT.formatted(host));
    }

    private LoadedConfiguration look() {
        return live.look().orElseGet(live::current);
    }

    /** Returns the configuration in force after two look-ups have seen the change. */
    private LoadedConfiguration afterTwoLooks() {
        assertEquals(Optional.empty(), live.look(), "one look-up is not enough");
        return look();
    }

    private TenantEntry entry(String id) {
        return live.current().snapshot().tenant(new TenantId(id));
    }

    private String served() {
        return String.join(
                " ",
                live.current().snapshot().tenants().stream()
                        .map(entry -> entry.tenant().id().value())
                        .toList());
    }

    private static List<String> problems(LoadedConfiguration loaded) {
        return loaded.problems().stream().map(Problem::toString).toList();
    }

    @Test
    void aNewFileAddsItsTenantAndTouchesNoOther() throws IOException {
        TenantEntry acme = entry("acme");
        tenant("mint", "mint.test");
        afterTwoLooks();
        assertEquals("acme mint zoo", served());
        assertSame(acme, entry("acme"));
        assertEquals(Optional.empty(), live.look());
    }

    @Test
    void aFileThatIsBeingWrittenIsLeftToBeFinished() throws IOException {
        for (int i = 0; i < 5; i++) {
            tenant("mint", "mint" + i + ".test");
            assertEquals(Optional.empty(), live.look());
        }
        look();
        assertEquals("mint4.test", entry("mint").tenant().hosts().get(0).toString());
    }

    @Test
    void aFileThatIsGoneTakesItsTenantWithItAndFreesItsHosts() throws IOException {
        tenant("mint", "acme.test");
        assertEquals(1, afterTwoLooks().problems().size());
        Files.delete(root.resolve("tenants/acme.yaml"));
        assertEquals(List.of(), problems(afterTwoLooks()));
        assertEquals("mint zoo", served());
    }

    @Test
    void aChangedFileKeepsTheUpstreamsAndBudgetsThatItDoesNotChange() throws IOException {
        TenantEntry before = entry("acme");
        write("tenants/acme.yaml", TENANT.formatted("other.test").replace("http://b", "http://c"));
        afterTwoLooks();
        TenantEntry now = entry("acme");
        assertNotSame(before, now);
        assertEquals("other.test", now.tenant().hosts().get(0).toString());
        assertSame(upstream(before, "a"), upstream(now, "a"));
        assertNotSame(upstream(before, "b"), upstream(now, "b"));
        assertSame(before.share(), now.share());
        assertSame(before.sampler(null), now.sampler(null));

        write("tenants/acme.yaml", TENANT.formatted("other.test") + "limits: {concurrent-requests: 7}\n");
        afterTwoLooks();
        assertNotSame(now.share(), entry("acme").share());
    }

    private static Upstream upstream(TenantEntry entry, String name) {
        return entry.tenant().upstreams().get(name);
    }

    @Test
    void aBrokenFileKeepsItsTenantAsItWas() throws IOException {
        TenantEntry acme = entry("acme");
        write("tenants/acme.yaml", "hosts: [acme.test\n");
        LoadedConfiguration broken = afterTwoLooks();
        assertSame(acme, entry("acme"));
        assertEquals(List.of(new TenantId("acme")), broken.onLastGoodState());
        assertEquals(List.of(), broken.leftOut());
        assertEquals(1, broken.problems().size());
        assertEquals("tenants/acme.yaml", broken.problems().get(0).file());

        tenant("acme", "acme.test");
        LoadedConfiguration mended = afterTwoLooks();
        assertEquals(List.of(), mended.problems());
        assertEquals(List.of(), mended.onLastGoodState());
        assertSame(upstream(acme, "a"), upstream(entry("acme"), "a"));
    }

    @Test
    void aRunningTenantKeepsItsHostAgainstANewcomerOfAnyName() throws IOException {
        TenantEntry acme = entry("acme");
        tenant("aaa", "acme.test");
        LoadedConfiguration clash = afterTwoLooks();
        assertSame(acme, live.current().snapshot().tenant(new TenantId("acme")));
        assertEquals("acme zoo", served());
        assertTrue(problems(clash).get(0).startsWith("tenants/aaa.yaml:1: hosts[0]: \"acme.test\" (expected:"));
        assertEquals(List.of(), clash.onLastGoodState());
        assertEquals(List.of("tenants/aaa.yaml"), clash.leftOut());
    }

    @Test
    void aRunningTenantKeepsItsHostAgainstAnotherThatRuns() throws IOException {
        TenantEntry acme = entry("acme");
        TenantEntry zoo = entry("zoo");
        tenant("acme", "zoo.test");
        LoadedConfiguration clash = afterTwoLooks();
        assertSame(acme, entry("acme"));
        assertSame(zoo, entry("zoo"));
        assertEquals(List.of(new TenantId("acme")), clash.onLastGoodState());
        assertTrue(
                problems(clash).get(0).startsWith("tenants/acme.yaml:1: hosts[0]: \"zoo.test\""),
                problems(clash)::toString);

        Files.delete(root.resolve("tenants/zoo.yaml"));
        assertEquals(List.of(), afterTwoLooks().problems());
        assertEquals("zoo.test", entry("acme").tenant().hosts().get(0).toString());
    }

    @Test
    void tenantsCanSwapTheirHosts() throws IOException {
        tenant("acme", "zoo.test");
        tenant("zoo", "acme.test");
        assertEquals(List.of(), problems(afterTwoLooks()));
        assertEquals("zoo.test", entry("acme").tenant().hosts().get(0).toString());
        assertEquals("acme.test", entry("zoo").tenant().hosts().get(0).toString());
    }

    @Test
    void changedDefaultsHoldForAllTenants() throws IOException {
        Upstream before = upstream(entry("acme"), "a");
        write("gateway/gateway.yaml", "tenant-defaults: {limits: {concurrent-requests: 5}}\n");
        afterTwoLooks();
        assertEquals(5, entry("acme").tenant().limits().concurrentRequests());
        assertEquals(5, entry("zoo").tenant().limits().concurrentRequests());
        assertSame(before, upstream(entry("acme"), "a"));
    }

    @Test
    void aBrokenGatewayFileKeepsTheLastGoodState() throws IOException {
        write("gateway/gateway.yaml", "tenant-defaults: {limits: {concurrent-requests: 5}}\nvia: one\n");
        afterTwoLooks();
        write("gateway/gateway.yaml", "tenant-defaults: {limits: {concurrent-requests: none}}\n");
        LoadedConfiguration broken = afterTwoLooks();
        assertEquals(1, broken.problems().size());
        assertEquals("gateway/gateway.yaml", broken.problems().get(0).file());
        assertEquals("one", broken.settings().via());
        assertEquals(5, entry("acme").tenant().limits().concurrentRequests());
    }

    @Test
    void tellsWhichSettingsNeedARestart() throws IOException {
        GatewaySettings started = live.current().settings();
        write("gateway/gateway.yaml", "via: other\naccess-log: {enabled: false}\ntenant-defaults: {connections: 3}\n");
        assertEquals(List.of("via", "access-log"), afterTwoLooks().settings().needsRestartAfter(started));
    }

    @Test
    void aFolderThatVanishesKeepsAllTenants() throws IOException {
        Files.move(root.resolve("tenants"), root.resolve("elsewhere"));
        LoadedConfiguration gone = look();
        assertEquals("acme zoo", served());
        assertEquals(1, gone.problems().size());
        Files.move(root.resolve("elsewhere"), root.resolve("tenants"));
        assertEquals(List.of(), look().problems());
    }

    /** Same size, same time: the files differ only by the link's target. */
    @Test
    void seesWhatASymbolicLinkLeadsTo() throws IOException {
        Path tenants = root.resolve("tenants");
        for (String version : List.of("1", "2")) {
            Path folder = Files.createDirectories(tenants.resolve(".." + version));
            Files.writeString(folder.resolve("linked.yaml"), TENANT.formatted("linked" + version + ".test"));
            Files.setLastModifiedTime(folder.resolve("linked.yaml"), FileTime.fromMillis(1_000_000));
        }
        Files.createSymbolicLink(tenants.resolve("..data"), Path.of("..1"));
        Files.createSymbolicLink(tenants.resolve("linked.yaml"), Path.of("..data", "linked.yaml"));
        afterTwoLooks();
        assertEquals("linked1.test", entry("linked").tenant().hosts().get(0).toString());
        assertEquals(Optional.empty(), live.look());
        Files.createSymbolicLink(tenants.resolve("..tmp"), Path.of("..2"));
        Files.move(tenants.resolve("..tmp"), tenants.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
        afterTwoLooks();
        assertEquals("linked2.test", entry("linked").tenant().hosts().get(0).toString());
    }

    /** Skipped for root, which can read any file. */
    @Test
    void aFileThatMayBeReadAtLastIsRead() throws IOException {
        tenant("late", "late.test");
        Path file = root.resolve("tenants/late.yaml");
        Files.setLastModifiedTime(file, FileTime.fromMillis(0));
        Files.setPosixFilePermissions(file, Set.of());
        assumeTrue(!Files.isReadable(file));
        look();
        look();
        assertEquals("acme zoo", served());
        Files.setPosixFilePermissions(file, Set.of(PosixFilePermission.OWNER_READ));
        afterTwoLooks();
        assertEquals("acme late zoo", served());
    }

    @Test
    void aCertificateThatATenantNamesIsFollowed() throws IOException {
        Path authorities = root.resolve("authorities.pem");
        Files.copy(PemFiles.create(root, "one").certificate(), authorities);
        write(
                "tenants/acme.yaml",
                TENANT.formatted("acme.test")
                        .replace("\"http://a\"]", "\"https://a\"], tls: {authorities: authorities.pem}"));
        afterTwoLooks();
        TenantEntry before = entry("acme");
        TenantEntry zoo = entry("zoo");
        assertEquals(Optional.empty(), live.look());
        assertEquals(Optional.empty(), live.look());

        Files.writeString(
                authorities, Files.readString(PemFiles.create(root, "two").certificate()));
        afterTwoLooks();
        assertNotSame(upstream(before, "a"), upstream(entry("acme"), "a"));
        assertSame(upstream(before, "b"), upstream(entry("acme"), "b"));
        assertSame(zoo, entry("zoo"));

        Files.delete(authorities);
        assertEquals(List.of(new TenantId("acme")), afterTwoLooks().onLastGoodState());
    }

    @Test
    @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void doesNotWaitForWhoeverWritesToAPipe() throws Exception {
        Path file = root.resolve("tenants/acme.yaml");
        Files.delete(file);
        Process make = new ProcessBuilder("mkfifo", file.toString()).start();
        assumeTrue(make.waitFor() == 0, "this system has no named pipes");
        assertEquals(List.of("tenants/acme.yaml: no regular file (expected: a YAML file)"), problems(afterTwoLooks()));
        assertEquals("acme zoo", served());
    }

    @Test
    @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void doesNotWaitForWhoeverWritesToAPipeInPlaceOfACertificate() throws Exception {
        Process make =
                new ProcessBuilder("mkfifo", root.resolve("authorities.pem").toString()).start();
        assumeTrue(make.waitFor() == 0, "this system has no named pipes");
        write(
                "tenants/acme.yaml",
                TENANT.formatted("acme.test")
                        .replace("\"http://a\"]", "\"https://a\"], tls: {authorities: authorities.pem}"));
        assertEquals(List.of(new TenantId("acme")), afterTwoLooks().onLastGoodState());
    }

    /** Prints the durations; asserts the results. */
    @Test
    @Tag("slow")
    void tenThousandTenantsAreReadAndOneChangeIsApplied() throws IOException {
        for (int i = 0; i < 10_000; i++) {
            tenant("t" + i, "t" + i + ".test");
            // Files with an old time are not read at every look-up.
            Files.setLastModifiedTime(root.resolve("tenants/t" + i + ".yaml"), FileTime.fromMillis(i));
        }
        long start = System.nanoTime();
        live = new ConfigDirectory(root, Map.<String, String>of()::get).follow(GatewaySettings.STANDARD);
        print("10,002 tenants read", start);
        assertEquals(10_002, live.current().snapshot().tenants().size());
        look();
        look();
        long rest = System.nanoTime();
        assertEquals(Optional.empty(), live.look());
        print("a look at all files", rest);
        TenantEntry other = entry("t1");
        tenant("t5000", "changed.test");
        live.look();
        long change = System.nanoTime();
        look();
        print("one change read and planned, a look at all files included", change);
        assertEquals("changed.test", entry("t5000").tenant().hosts().get(0).toString());
        assertSame(other, entry("t1"));
    }

    private static void print(String what, long startNanos) {
        System.out.printf("%s: %d ms%n", what, (System.nanoTime() - startNanos) / 1_000_000);
    }
}
