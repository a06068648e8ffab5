package dev.clew.contract.world;

import dev.clew.contract.client.Call;
import dev.clew.contract.client.RawClient;
import dev.clew.contract.client.RawResponse;
import dev.clew.testing.Await;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The packaged gateway, in a process and an environment of its own, on free ports. */
public final class GatewayProcess implements AutoCloseable {

    private static final Pattern LISTENING =
            Pattern.compile("Listening on: http://[^:]+:(\\d+).*Management interface listening on http://[^:]+:(\\d+)");

    private static final long BOUND_SECONDS = 60;

    /** Options for a process that lives for seconds: further compilation would cost more than it gains. */
    private static final List<String> SHORT_LIVED = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    private final Process process;
    private final List<String> output = new ArrayList<>();
    private final int port;
    private final int managementPort;
    private boolean reads = true;

    /** Starts a gateway that must not start; returns its output, with the exit code as the last line. */
    public static List<String> startInVain(Path configuration, Map<String, String> environment)
            throws IOException, InterruptedException {
        Path said = Files.createTempFile("clew", ".log");
        Process process = builder(configuration, environment, "-Xmx256m")
                .redirectOutput(said.toFile())
                .start();
        try {
            if (!process.waitFor(BOUND_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("still running: " + Files.readString(said));
            }
            List<String> output = new ArrayList<>(Files.readAllLines(said));
            output.add(Integer.toString(process.exitValue()));
            return output;
        } finally {
            process.destroyForcibly();
        }
    }

    /** A process that has ended; its output is of both streams. */
    public record Ended(int code, String output) {}

    /** Runs a command of the packaged gateway. */
    public static Ended run(Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        Path said = Files.createTempFile("clew", ".log");
        List<String> command = new ArrayList<>(command("-Xmx256m"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("OTEL_") || name.startsWith("CLEW_"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            if (!process.waitFor(BOUND_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("still running: " + Files.readString(said));
            }
            return new Ended(process.exitValue(), Files.readString(said));
        } finally {
            process.destroyForcibly();
        }
    }

    private GatewayProcess(Process process) {
        this.process = process;
        Thread reader = new Thread(this::readOutput, "gateway-output");
        reader.setDaemon(true);
        reader.start();
        Matcher ports = awaitPorts();
        port = Integer.parseInt(ports.group(1));
        managementPort = Integer.parseInt(ports.group(2));
    }

    private Matcher awaitPorts() {
        try {
            return Await.notNull("line with the ports in " + output, this::ports);
        } catch (AssertionError late) {
            process.destroyForcibly();
            throw late;
        }
    }

    /** @param environment variables beside {@code CLEW_CONFIG}; telemetry settings of this process are not inherited */
    public static GatewayProcess start(Path configuration, Map<String, String> environment) throws IOException {
        return start(configuration, environment, "-Xmx256m");
    }

    /** @param heap the maximum size of the heap, in the notation of JVM and native executable */
    public static GatewayProcess start(Path configuration, Map<String, String> environment, String heap)
            throws IOException {
        return new GatewayProcess(builder(configuration, environment, heap).start());
    }

    /** @param files the limit on open files */
    public static GatewayProcess startWithFiles(int files, Path configuration, Map<String, String> environment)
            throws IOException {
        ProcessBuilder builder = builder(configuration, environment, "-Xmx256m");
        List<String> command = new ArrayList<>(List.of("sh", "-c", "ulimit -n " + files + " && exec \"$@\"", "sh"));
        command.addAll(builder.command());
        return new GatewayProcess(builder.command(command).start());
    }

    /** Starts the gateway; the environment must set free ports. */
    public static GatewayProcess start(ProcessBuilder builder) throws IOException {
        return new GatewayProcess(builder.redirectErrorStream(true).start());
    }

    private static ProcessBuilder builder(Path configuration, Map<String, String> environment, String heap)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command(heap));
        builder.environment().keySet().removeIf(name -> name.startsWith("OTEL_"));
        builder.environment().put("CLEW_CONFIG", configuration.toString());
        builder.environment().put("QUARKUS_HTTP_PORT", "0");
        builder.environment().put("QUARKUS_MANAGEMENT_PORT", "0");
        // The warm-up would lengthen each start, and tests count the connections to their upstreams.
        builder.environment().put("CLEW_WARM_UP_TIME", "0s");
        builder.environment().putAll(environment);
        return builder.redirectErrorStream(true);
    }

    /** Returns the packaged application, located by the build's own record as {@code @QuarkusIntegrationTest} does. */
    private static List<String> command(String heap) throws IOException {
        Path target = Path.of("target");
        Properties artifact = new Properties();
        try (Reader reader = Files.newBufferedReader(target.resolve("quarkus-artifact.properties"))) {
            artifact.load(reader);
        }
        String path = target.resolve(artifact.getProperty("path")).toString();
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        if (artifact.getProperty("type").equals("native")) {
            return List.of(path, heap);
        }
        List<String> command = new ArrayList<>(List.of(java, heap));
        command.addAll(SHORT_LIVED);
        command.addAll(List.of("-jar", path));
        return command;
    }

    private void readOutput() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                synchronized (output) {
                    output.add(line);
                    while (!reads) {
                        output.wait();
                    }
                }
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Stops reading the process's output: later output fills the pipe. */
    public void stopReading() {
        reads(false);
    }

    public void readOn() {
        reads(true);
    }

    private void reads(boolean next) {
        synchronized (output) {
            reads = next;
            output.notifyAll();
        }
    }

    private Matcher ports() {
        return output().stream()
                .map(LISTENING::matcher)
                .filter(Matcher::find)
                .findFirst()
                .orElse(null);
    }

    public List<String> output() {
        synchronized (output) {
            return List.copyOf(output);
        }
    }

    public long pid() {
        return process.pid();
    }

    public int port() {
        return port;
    }

    public int managementPort() {
        return managementPort;
    }

    public Metrics metrics() {
        return new Metrics(managementPort);
    }

    public RawClient connect() {
        return new RawClient("127.0.0.1", port);
    }

    public RawResponse send(Call call) {
        try (RawClient client = connect()) {
            return client.send(call).read();
        }
    }

    /**
     * Sends SIGTERM through the handle: the process's own method would also close the pipe and lose the last output.
     */
    public void terminate() {
        process.toHandle().destroy();
    }

    /** Waits for the end and returns the exit code. */
    public int awaitExit() throws InterruptedException {
        if (!process.waitFor(BOUND_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("still running: " + output());
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
