package dev.clew.contract;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A packaged gateway, JVM or native, in a process of its own: for what ends a process, or depends on how it starts. */
final class PackagedGateway implements AutoCloseable {

    private static final Path JAR = Path.of("target", "quarkus-app", "quarkus-run.jar");
    private static final Pattern PORTS =
            Pattern.compile("Listening on: http://[^:]*:(\\d+).*listening on http://[^:]*:(\\d+)");

    private final Process process;
    private final List<String> log = new ArrayList<>();
    private int port;
    private int managementPort;

    private PackagedGateway(Process process) {
        this.process = process;
    }

    /**
     * Starts one and waits until it listens.
     *
     * @param environment beside this process's own
     */
    static PackagedGateway start(Map<String, String> environment) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command = Files.exists(JAR)
                ? List.of(java, "-Xmx128m", "-jar", JAR.toString())
                : List.of(System.getProperty("native.image.path"));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        builder.environment().put("QUARKUS_HTTP_PORT", "0");
        builder.environment().put("QUARKUS_MANAGEMENT_PORT", "0");
        PackagedGateway gateway = new PackagedGateway(builder.start());
        BufferedReader output = gateway.process.inputReader();
        gateway.readPorts(output);
        Thread drain = new Thread(() -> gateway.keep(output), "gateway-output");
        drain.setDaemon(true);
        drain.start();
        return gateway;
    }

    private void readPorts(BufferedReader output) throws IOException {
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            add(line);
            Matcher ports = PORTS.matcher(line);
            if (ports.find()) {
                port = Integer.parseInt(ports.group(1));
                managementPort = Integer.parseInt(ports.group(2));
                return;
            }
        }
        throw new AssertionError("the gateway did not start: " + log);
    }

    private void keep(BufferedReader output) {
        try {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                add(line);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private synchronized void add(String line) {
        log.add(line);
    }

    /** Everything it has printed so far. */
    synchronized List<String> log() {
        return List.copyOf(log);
    }

    int managementPort() {
        return managementPort;
    }

    RawClient connect() {
        return new RawClient(Contract.STRANGER, port);
    }

    RawResponse send(Call call) {
        try (RawClient client = connect()) {
            return client.send(call).read();
        }
    }

    /** As Kubernetes does: SIGTERM. */
    void terminate() {
        process.destroy();
    }

    boolean awaitEnd() throws InterruptedException {
        return process.waitFor(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
