package dev.clew.contract.deployment;

import dev.clew.contract.world.GatewayProcess;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The packaged gateway in the container that the Deployment describes: its files, variables, arguments, limits and, as
 * root on Linux, its user and a file system that is read-only except {@code /tmp}. Only the ports differ, which are
 * free ones, and the path of {@code /etc/clew}, which may not exist on the machine.
 */
final class Pod implements AutoCloseable {

    private static final Pattern ENTRYPOINT = Pattern.compile("(?m)^ENTRYPOINT \\[(.+)]$");

    /** Uses mount points that every Linux has, in a namespace that ends with the process. */
    private static final String CONTAINER =
            """
            mount --make-rprivate / && mount --bind "$1" /mnt && mount --bind "$2" /srv \
            && mount -t tmpfs -o size=64m,mode=1777 tmpfs /tmp \
            && mount -o remount,bind,ro /mnt && mount -o remount,bind,ro / \
            && cd /tmp && shift 2 && exec setpriv "$@"
            """;

    private final Cluster cluster;
    private final Map<String, String> variables;
    private final Path folder = Files.createTempDirectory("clew-pod");
    private final boolean contained;
    private Kubelet kubelet;
    private GatewayProcess gateway;

    Pod(Cluster cluster) throws IOException, InterruptedException {
        this(cluster, Map.of());
    }

    /** @param variables added to those of the Deployment */
    Pod(Cluster cluster, Map<String, String> variables) throws IOException, InterruptedException {
        this.cluster = cluster;
        this.variables = variables;
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        kubelet = new Kubelet(cluster, folder);
        contained = canContain();
        start(Map.of());
    }

    GatewayProcess gateway() {
        return gateway;
    }

    boolean isContained() {
        return contained;
    }

    /** Acts as Kubernetes does after these commands: updates mounted files, and replaces the pod if necessary. */
    void run(String commands) throws IOException {
        cluster.run(commands);
        if (cluster.takeRestart()) {
            start(Map.of());
        } else {
            kubelet.sync();
        }
    }

    /** Starts a new pod, then ends the previous one. */
    void start(Map<String, String> more) throws IOException {
        GatewayProcess before = gateway;
        Path own = Files.createTempDirectory(folder, "etc");
        Files.setPosixFilePermissions(own, PosixFilePermissions.fromString("rwxr-xr-x"));
        kubelet = new Kubelet(cluster, own);
        kubelet.sync();
        Path application = artifact();
        ProcessBuilder builder = new ProcessBuilder(command(application, own));
        Map<String, String> environment = builder.environment();
        String path = environment.get("PATH");
        environment.clear();
        environment.put("PATH", path);
        environment.putAll(kubelet.environment());
        environment.put("CLEW_CONFIG", contained ? "/srv" : own.toString());
        environment.put("QUARKUS_HTTP_PORT", "0");
        environment.put("QUARKUS_MANAGEMENT_PORT", "0");
        environment.putAll(variables);
        environment.putAll(more);
        gateway = GatewayProcess.start(builder);
        if (before != null) {
            before.close();
        }
    }

    private List<String> command(Path application, Path own) throws IOException {
        List<String> command = new ArrayList<>();
        if (contained) {
            command.addAll(List.of("unshare", "--mount", "sh", "-c", CONTAINER, "sh"));
            command.addAll(List.of(application.getParent().toString(), own.toString()));
            command.addAll(kubelet.user());
            command.addAll(entryPoint(Path.of("/mnt").resolve(application.getFileName())));
        } else {
            command.addAll(entryPoint(application));
        }
        return command;
    }

    /** Returns the image's entry point, with the JVM that runs the tests; a native executable has no arguments. */
    private List<String> entryPoint(Path application) throws IOException {
        if (!application.toString().endsWith(".jar")) {
            return List.of(application.toString());
        }
        Matcher written = ENTRYPOINT.matcher(Files.readString(Path.of("native-build/Dockerfile.jvm")));
        if (!written.find()) {
            throw new IllegalStateException("no entry point");
        }
        List<String> words =
                new ArrayList<>(List.of(written.group(1).replace("\"", "").split(", ?", -1)));
        words.set(0, java());
        // Made while the image is built; older JVMs do not know the option.
        words.removeIf(word -> word.startsWith("-XX:AOTCache="));
        words.addAll(1, kubelet.limits());
        words.set(words.size() - 1, application.toString());
        return words;
    }

    private static Path artifact() throws IOException {
        Path target = Path.of("target").toAbsolutePath();
        Properties artifact = new Properties();
        try (Reader reader = Files.newBufferedReader(target.resolve("quarkus-artifact.properties"))) {
            artifact.load(reader);
        }
        return target.resolve(artifact.getProperty("path"));
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private boolean canContain() throws IOException, InterruptedException {
        List<String> trial = new ArrayList<>(List.of("unshare", "--mount", "sh", "-c", CONTAINER, "sh"));
        trial.addAll(List.of(artifact().getParent().toString(), folder.toString()));
        trial.addAll(kubelet.user());
        trial.addAll(List.of(java(), "-version"));
        try {
            return new ProcessBuilder(trial)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException noSuchTool) {
            return false;
        }
    }

    @Override
    public void close() {
        gateway.close();
    }
}
