package dev.clew.contract.deployment;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Provides a pod with its files and variables, as Kubernetes' documentation describes the kubelet. */
final class Kubelet {

    static final Path CONFIGURATION = Path.of("/etc/clew");

    private static final Pattern REFERENCE = Pattern.compile("\\$\\(([A-Za-z_][A-Za-z0-9_]*)\\)");

    private static final Map<String, String> POD =
            Map.of("metadata.namespace", "edge", "metadata.name", "clew-7d4-x2", "spec.nodeName", "node-1");

    private final Cluster cluster;
    private final PodSpec pod;
    private final Container container;

    /** The placeholder for {@link #CONFIGURATION}. */
    private final Path folder;

    private int version;

    Kubelet(Cluster cluster, Path folder) {
        this.cluster = cluster;
        this.folder = folder;
        pod = cluster.deployment().getSpec().getTemplate().getSpec();
        container = pod.getContainers().get(0);
    }

    /**
     * Updates all volumes: each file is a link into {@code ..data}, itself a link that is replaced as a whole, so that
     * all files of a volume change at once.
     */
    void sync() throws IOException {
        version++;
        for (VolumeMount mount : container.getVolumeMounts()) {
            Volume volume = pod.getVolumes().stream()
                    .filter(each -> each.getName().equals(mount.getName()))
                    .findFirst()
                    .orElseThrow();
            if (volume.getConfigMap() != null) {
                write(mount, cluster.configMap(volume.getConfigMap().getName()));
            } else if (volume.getSecret() != null) {
                Map<String, String> data = cluster.secret(volume.getSecret().getSecretName());
                write(mount, data == null && volume.getSecret().getOptional() ? Map.of() : data);
            }
        }
    }

    private void write(VolumeMount mount, Map<String, String> data) throws IOException {
        Path target = Files.createDirectories(folder.resolve(CONFIGURATION.relativize(Path.of(mount.getMountPath()))));
        Path next = Files.createDirectory(target.resolve("..v" + version));
        for (Map.Entry<String, String> file : data.entrySet()) {
            Path written = Files.writeString(next.resolve(file.getKey()), file.getValue());
            Files.setPosixFilePermissions(written, PosixFilePermissions.fromString("r--r--r--"));
        }
        Path link = Files.createSymbolicLink(target.resolve("..data_tmp"), next.getFileName());
        Files.move(link, target.resolve("..data"), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        for (String name : data.keySet()) {
            if (!Files.exists(target.resolve(name), LinkOption.NOFOLLOW_LINKS)) {
                Files.createSymbolicLink(target.resolve(name), Path.of("..data", name));
            }
        }
        try (Stream<Path> links = Files.list(target)) {
            for (Path gone : links.filter(path -> !path.getFileName().toString().startsWith(".."))
                    .filter(path -> !data.containsKey(path.getFileName().toString()))
                    .toList()) {
                Files.delete(gone);
            }
        }
    }

    /**
     * Returns the variables of whole objects in order, then the others, whose references resolve to variables set
     * before.
     */
    Map<String, String> environment() {
        Map<String, String> environment = new TreeMap<>();
        for (EnvFromSource source : container.getEnvFrom()) {
            boolean isSecret = source.getSecretRef() != null;
            Map<String, String> data = isSecret
                    ? cluster.secret(source.getSecretRef().getName())
                    : cluster.configMap(source.getConfigMapRef().getName());
            boolean optional = isSecret
                    ? source.getSecretRef().getOptional()
                    : source.getConfigMapRef().getOptional();
            environment.putAll(data == null && optional ? Map.of() : data);
        }
        for (EnvVar variable : container.getEnv()) {
            environment.put(
                    variable.getName(),
                    variable.getValueFrom() == null
                            ? expanded(variable.getValue(), environment)
                            : POD.get(variable.getValueFrom().getFieldRef().getFieldPath()));
        }
        return environment;
    }

    /** Resolves references; unresolved ones stay unchanged. */
    private static String expanded(String value, Map<String, String> environment) {
        return REFERENCE
                .matcher(value)
                .replaceAll(reference ->
                        Matcher.quoteReplacement(environment.getOrDefault(reference.group(1), reference.group())));
    }

    /** The uid and gid of the container's process, as arguments of {@code setpriv}, without root's capabilities. */
    List<String> user() {
        return List.of(
                "--reuid=" + pod.getSecurityContext().getRunAsUser(),
                "--regid=" + pod.getSecurityContext().getRunAsGroup(),
                "--clear-groups",
                "--no-new-privs",
                "--bounding-set=-all",
                "--inh-caps=-all");
    }

    /**
     * Returns JVM arguments for the limits of memory in bytes and of processors, which a JVM otherwise finds in its
     * control group.
     */
    List<String> limits() {
        Map<String, Quantity> limits = container.getResources().getLimits();
        return List.of(
                "-XX:MaxRAM=" + limits.get("memory").getNumericalAmount().longValueExact(),
                "-XX:ActiveProcessorCount="
                        + limits.get("cpu").getNumericalAmount().intValueExact());
    }
}
