package dev.clew;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.trace.force.ForceKey;
import dev.clew.trace.force.ForceOutcome;
import dev.clew.trace.force.ForcedTracing;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the instructions in {@code docs/forced-tracing.md}. */
class ForcedTracingPageTest {

    private static final Path PAGE = Path.of("docs/forced-tracing.md");
    private static final Pattern COMMANDS = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);

    @TempDir
    Path folder;

    @Test
    void itsCommandsMakeAKeyAndATokenThatIsAccepted() throws Exception {
        String output = run("clew() { \"$JAVA\" -cp \"$CLASSES\" dev.clew.gateway.Main \"$@\"; }\n" + commands());

        ForcedTracing forced = ForcedTracing.perMinute(1);
        ForceKey key = ForceKey.of(Files.readAllBytes(folder.resolve("force.key")));
        assertNotNull(key, "the key is too short");
        forced.use(key);
        long now = System.currentTimeMillis() / 1000;
        assertTrue(forced.admits(List.of(output.strip()), "acme", now, 0), output);
    }

    @Test
    void listsEveryOutcome() throws IOException {
        String page = Files.readString(PAGE);
        assertEquals(
                List.of(),
                Arrays.stream(ForceOutcome.values())
                        .map(ForceOutcome::tag)
                        .filter(tag -> !page.contains("| `" + tag + "` |"))
                        .toList());
    }

    private static String commands() throws IOException {
        StringBuilder all = new StringBuilder();
        Matcher commands = COMMANDS.matcher(Files.readString(PAGE));
        while (commands.find()) {
            all.append(commands.group(1));
        }
        return all.toString();
    }

    private String run(String commands) throws IOException, InterruptedException {
        Path errors = folder.resolve("errors");
        ProcessBuilder shell = new ProcessBuilder("sh", "-euc", commands)
                .directory(folder.toFile())
                .redirectError(errors.toFile());
        shell.environment()
                .put(
                        "JAVA",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString());
        shell.environment()
                .put(
                        "CLASSES",
                        Path.of("target/classes").toAbsolutePath()
                                + File.pathSeparator
                                + System.getProperty("java.class.path"));
        Process process = shell.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), Files.readString(errors));
        return output;
    }
}
