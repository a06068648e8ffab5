package dev.clew;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.clew.config.gateway.GatewaySettings;
import dev.clew.config.watch.ConfigDirectory;
import dev.clew.config.watch.LoadedConfiguration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks that each folder is explained and used. */
class RepositoryTest {

    /** Folders of the version control, the build and the editors, which are not the project's. */
    private static final Set<String> FOREIGN = Set.of(".git", ".mvn", ".idea", ".vscode", ".settings", "target");

    private static final Pattern COPIED = Pattern.compile("(?m)^COPY (?!--from)(.+) \\S+$");
    private static final Pattern STARTED = Pattern.compile("(?m)^ENTRYPOINT (.+)$");
    private static final Pattern PLACES = Pattern.compile(
            "https?://[\\w.-]*(repo|registry|mirror|proxy|nexus|artifactory)[\\w.-]*[/:]|[\"'\\s=](/root|/home)/");
    private static final Pattern WRAPPED = Pattern.compile("\\.(java|ya?ml|properties|md)$");
    /** Markdown that cannot be wrapped: table rows, and words with a link. */
    private static final Pattern TABLE_OR_LINK = Pattern.compile("^\\||^\\s*\\S*\\]\\(\\S+$");

    private static final Path WRAPPER = Path.of(".mvn/wrapper/maven-wrapper.properties");

    @Test
    void explainsEveryFolder() throws IOException {
        try (Stream<Path> entries = Files.list(Path.of(""))) {
            List<Path> bare = entries.filter(Files::isDirectory)
                    .filter(folder -> !FOREIGN.contains(folder.toString()))
                    .filter(folder -> !Files.exists(folder.resolve("README.md")))
                    .sorted()
                    .toList();
            assertEquals(List.of(), bare, "folders without a README.md");
        }
    }

    @Test
    void benchmarkConfiguresAGatewayThatServes(@TempDir Path root) throws IOException {
        Map<String, String> values = Map.of(
                "host", "127.0.0.1",
                "flooding_host", "127.0.0.2",
                "hanging_host", "127.0.0.3",
                "attacked_host", "127.0.0.4",
                "backend_port", "18080",
                "hanging_port", "18081",
                "hostile_port", "18082",
                "silent_port", "18083");
        fill("gateway.yaml", root.resolve("gateway/gateway.yaml"), values);
        fill("tenant.yaml", root.resolve("tenants/bench.yaml"), values);
        fill("flooding.yaml", root.resolve("tenants/flooding.yaml"), values);
        fill("hanging.yaml", root.resolve("tenants/hanging.yaml"), values);
        fill("attacked.yaml", root.resolve("tenants/attacked.yaml"), values);

        LoadedConfiguration loaded =
                new ConfigDirectory(root, Map.<String, String>of()::get).load(GatewaySettings.STANDARD);
        assertEquals(List.of(), loaded.problems());
        assertEquals(4, loaded.snapshot().tenants().size());
    }

    private static void fill(String template, Path target, Map<String, String> values) throws IOException {
        String text = Files.readString(Path.of("bench/templates", template));
        for (Map.Entry<String, String> value : values.entrySet()) {
            text = text.replace("@{" + value.getKey() + "}", value.getValue());
        }
        assertFalse(text.contains("@{"), template + " has a placeholder that this test does not replace");
        Files.createDirectories(target.getParent());
        Files.writeString(target, text);
    }

    @Test
    void benchmarkHoldsTogether(@TempDir Path output) throws IOException, InterruptedException {
        assumeTrue(
                runs(output, "python3", "-c", "import sys; sys.exit(sys.version_info < (3, 9))"), "needs Python 3.9");

        assertTrue(runs(output, "python3", "bench/run", "--check"), () -> read(output.resolve("log")));
        assertTrue(runs(output, "python3", "native-build/measure", "--help"), () -> read(output.resolve("log")));
    }

    private static boolean runs(Path output, String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(output.resolve("log").toFile())
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException notInstalled) {
            return false;
        }
    }

    @Test
    void imagesCopyWhatThereIsAndStartWithoutAShell() throws IOException {
        List<Path> dockerfiles = files(Path.of("native-build")).stream()
                .filter(file -> file.getFileName().toString().startsWith("Dockerfile"))
                .toList();
        assertEquals(3, dockerfiles.size());
        for (Path file : dockerfiles) {
            String text = Files.readString(file);
            Matcher copied = COPIED.matcher(text);
            while (copied.find()) {
                for (String path : copied.group(1).split(" ", -1)) {
                    // The build's output exists only after packaging.
                    boolean isBuilt = path.startsWith("target/quarkus-app/") || path.startsWith("target/clew-*-runner");
                    assertTrue(isBuilt || Files.exists(Path.of(path)), file + ": " + path);
                }
            }
            Matcher started = STARTED.matcher(text);
            assertTrue(
                    started.find() && started.group(1).startsWith("[\""), file + ": a shell would not forward signals");
            assertTrue(text.contains("\nUSER 10001:10001\n"), file + ": runs as the user that the Deployment names");
        }
    }

    @Test
    void linesEndAt120Columns() throws IOException {
        List<String> tooLong = new ArrayList<>();
        for (Path file : files(Path.of(""))) {
            if (WRAPPED.matcher(file.toString()).find() && !file.startsWith("kubernetes/base")) {
                // Tables in text blocks and program output keep their width.
                String fence = file.toString().endsWith(".java") ? "\"\"\"" : "```";
                boolean fenced = false;
                for (String line : read(file).lines().toList()) {
                    fenced ^= line.split(fence, -1).length % 2 == 0;
                    if (line.length() > 120
                            && !fenced
                            && !TABLE_OR_LINK.matcher(line).find()) {
                        tooLong.add(file + ": " + line);
                    }
                }
            }
        }
        assertEquals(List.of(), tooLong);
    }

    @Test
    void namesNoPlaceOfOneMachine() throws IOException {
        List<String> found = new ArrayList<>();
        for (Path file : files(Path.of(""))) {
            if (!file.equals(WRAPPER) && !file.endsWith("RepositoryTest.java")) {
                Matcher place = PLACES.matcher(read(file));
                while (place.find()) {
                    found.add(file + ": " + place.group());
                }
            }
        }
        assertEquals(List.of(), found);
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> !FOREIGN.contains(file.getName(0).toString()))
                    .sorted()
                    .toList();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (MalformedInputException binary) {
            return "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
