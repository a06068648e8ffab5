package dev.clew.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that read configuration files. */
class FileCommandsTest {

    private static final String ACME =
            """
            hosts: [acme.test]
            limits: {request-body: 1M}
            upstreams:
              orders: {endpoints: ["http://orders:8080"]}
            routes:
              - name: orders
                match: {path: "/orders/**", methods: [GET]}
                upstream: orders
            """;

    @TempDir
    Path root;

    private Path tenant(Path folder, String name, String content) {
        try {
            Path file = Files.createDirectories(folder.resolve("tenants")).resolve(name + ".yaml");
            return Files.writeString(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String folder() {
        return root.toString();
    }

    @Test
    void aValidFolderHasNoProblems() {
        tenant(root, "acme", ACME);

        CommandRun run = CommandRun.of("validate", folder());

        assertEquals("1 tenant would be served, no problems\n", run.out());
        assertEquals(0, run.code());
    }

    @Test
    void everyProblemHasItsPlaceAndTheLine() {
        tenant(root, "acme", ACME.replace("upstream: orders", "upstream: ordrs"));

        CommandRun run = CommandRun.of("validate", folder());

        assertEquals(
                List.of(
                        "tenants/acme.yaml:8:5: error: routes[0].upstream: \"ordrs\" is no upstream of this tenant"
                                + " (did you mean \"orders\"?)",
                        "  8 |     upstream: …",
                        "0 tenants would be served, 1 problem"),
                run.lines());
        assertEquals(1, run.code());
    }

    @Test
    void clashesBetweenFilesAreFound() {
        tenant(root, "acme", ACME);
        tenant(root, "globex", ACME);

        CommandRun run = CommandRun.of("validate", folder());

        assertTrue(run.out().contains("tenants/globex.yaml:1: error: hosts[0]"), run.out());
        assertTrue(run.out().contains("also in tenants/acme.yaml"), run.out());
        assertEquals(1, run.code());
    }

    @Test
    void oneFileIsCheckedTogetherWithTheOthers() {
        tenant(root, "acme", "hosts: [");
        Path globex = tenant(root, "globex", ACME);

        assertEquals(0, CommandRun.of("validate", globex.toString()).code());
        assertEquals(1, CommandRun.of("validate", folder()).code());
    }

    @Test
    void aFileInNoFolderIsCheckedAlone() throws IOException {
        Path file = Files.writeString(root.resolve("acme.yaml"), ACME.replace("GET", "GOT"));

        CommandRun run = CommandRun.of("validate", file.toString());

        assertTrue(run.out().contains("acme.yaml:7:"), run.out());
        assertEquals(1, run.code());
    }

    @Test
    void aWarningCanBeAllowed() {
        tenant(root, "acme", ACME + "tracing: {export-to: [nowhere]}\n");

        assertTrue(CommandRun.of("validate", folder()).out().contains(": warning: tracing.export-to[0]: \"nowhere\""));
        assertEquals(1, CommandRun.of("validate", folder()).code());
        assertEquals(0, CommandRun.of("validate", "--allow-warnings", folder()).code());
    }

    @Test
    void theGatewaysOwnFileIsCheckedAndItsDestinationsAreKnown() throws IOException {
        tenant(root, "acme", ACME + "tracing: {export-to: [apm]}\n");
        Path gateway = Files.createDirectories(root.resolve("gateway")).resolve("gateway.yaml");
        Files.writeString(gateway, "destinations: {apm: {endpoint: \"http://apm:4318\"}}\n");
        assertEquals(0, CommandRun.of("validate", folder()).code());

        Files.writeString(gateway, "via: a b\ndestinations: {apm: {protocol: pigeon}}\n");
        String out = CommandRun.of("validate", folder()).out();

        assertTrue(out.contains("gateway/gateway.yaml:1:1: error: via"), out);
        assertTrue(out.contains("gateway/gateway.yaml:2: warning: destinations.apm.protocol"), out);
    }

    @Test
    void problemsAreAnnotationsForGithubAndJson() {
        tenant(root, "acme", ACME.replace("GET", "GOT"));

        String annotation = CommandRun.of("validate", "-o", "github", folder()).out();
        assertTrue(annotation.startsWith("::error file=" + folder() + "/tenants/acme.yaml,line=7,col="), annotation);
        JsonObject json =
                new JsonObject(CommandRun.of("validate", "-o", "json", folder()).out());
        JsonObject problem = json.getJsonArray("problems").getJsonObject(0);
        assertEquals(7, problem.getInteger("line"));
        assertEquals("error", problem.getString("severity"));
        assertEquals("    match: …", problem.getString("excerpt"));
    }

    @Test
    void aFolderWithoutConfigurationIsAFailure() {
        assertEquals(3, CommandRun.of("validate", folder()).code());
        CommandRun missing = CommandRun.of("validate", folder() + "/nowhere");
        assertEquals(3, missing.code());
        assertEquals("clew: " + folder() + "/nowhere: no such file or folder\n", missing.err());
    }

    @Test
    void aRequestIsExplainedFromFiles() {
        tenant(root, "acme", ACME);

        CommandRun run = CommandRun.of("explain", folder(), "--host", "acme.test", "--path", "/orders/1");

        assertEquals(
                "`acme` › route `orders` › forwarded to `orders`", run.lines().get(0));
        assertTrue(run.lines().get(1).startsWith("  tenant          acme"), run.out());
        assertEquals(0, run.code());
        assertEquals(
                1,
                CommandRun.of("explain", folder(), "--host", "acme.test", "--path", "/orders/1", "--method", "PUT")
                        .code());
        JsonObject json =
                new JsonObject(CommandRun.of("explain", folder(), "-o", "json", "--host", "acme.test", "--path", "/x")
                        .out());
        assertEquals(404, json.getJsonObject("outcome").getInteger("status"));
    }

    @Test
    void aDifferenceSaysWhatItWouldDo() {
        Path old = root.resolve("old");
        Path next = root.resolve("new");
        tenant(old, "acme", ACME);
        tenant(old, "gone", ACME.replace("acme.test", "gone.test"));
        tenant(
                next,
                "acme",
                ACME.replace("acme.test", "acme.test, shop.test")
                        .replace("http://orders:8080", "http://orders:8081")
                        .replace("1M", "2M")
                        .replace("[GET]", "[GET, POST]"));

        CommandRun run = CommandRun.of("diff", old.toString(), next.toString());

        assertEquals(
                List.of(
                        "+ acme host shop.test",
                        "~ acme route orders: match.methods[1] (unset) → POST",
                        "~ acme setting limits.request-body: 1M → 2M",
                        "~ acme upstream orders: endpoints[0] http://orders:8080 → http://orders:8081; its"
                                + " connections are opened anew",
                        "- gone tenant"),
                run.lines());
        assertEquals(1, run.code());
        assertEquals(0, CommandRun.of("diff", old.toString(), old.toString()).code());
        assertEquals(2, CommandRun.of("diff", old.toString()).code());
    }

    @Test
    void everyEffectiveValueHasItsSource() {
        tenant(root, "acme", ACME);

        List<String> lines = CommandRun.of("config", "show", folder()).lines();

        assertEquals("acme", lines.get(0));
        assertTrue(lines.stream().anyMatch(line -> line.matches(" +limits.request-body +1M +tenants/acme.yaml:2")));
        assertTrue(lines.stream().anyMatch(line -> line.matches(" +suspended +false +built-in")));
        assertEquals(
                1,
                CommandRun.of("config", "show", "--tenant", "nobody", folder()).code());
    }
}
