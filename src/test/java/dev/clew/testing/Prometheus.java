package dev.clew.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Runs Prometheus's programs: those fetched by {@code .ci/prometheus}, or the machine's own. */
public final class Prometheus {

    private Prometheus() {}

    /** Returns the tool's command; skips the test if it is missing. */
    public static List<String> command(String program, String... arguments) throws InterruptedException {
        Path fetched = Path.of("target/prometheus").resolve(program);
        List<String> command = new ArrayList<>();
        command.add(Files.isExecutable(fetched) ? fetched.toAbsolutePath().toString() : program);
        assumeTrue(runs(command.get(0)), "needs " + program + "; .ci/prometheus fetches one");
        command.addAll(Arrays.asList(arguments));
        return command;
    }

    private static boolean runs(String program) throws InterruptedException {
        try {
            return new ProcessBuilder(program, "--version")
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .redirectErrorStream(true)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException notInstalled) {
            return false;
        }
    }

    /** Returns the output of a command, and its exit code in a last line. */
    public static String run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return said + process.waitFor();
    }
}
