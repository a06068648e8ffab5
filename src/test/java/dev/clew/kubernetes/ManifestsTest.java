package dev.clew.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.config.ConfigDirectory;
import dev.clew.config.GatewaySettings;
import dev.clew.config.LoadedConfiguration;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The committed manifests fit together, fit the gateway, and ask for no right it can do without. */
class ManifestsTest {

    private final Manifests manifests;
    private final Deployment deployment;
    private final PodSpec pod;
    private final Container container;

    ManifestsTest() throws IOException {
        manifests = Manifests.committed();
        deployment = manifests.only(Deployment.class);
        pod = deployment.getSpec().getTemplate().getSpec();
        container = pod.getContainers().get(0);
    }

    @Test
    void refusesFieldsThatAKindDoesNotHave() {
        String misspelt = "{apiVersion: apps/v1, kind: Deployment, spec: {template: {spec: {hostnetwork: true}}}}";

        assertThrows(IllegalArgumentException.class, () -> Manifests.parse(misspelt));
        assertThrows(IllegalArgumentException.class, () -> Manifests.parse("{apiVersion: v1, kind: Deployment}"));
    }

    @Test
    void carriesTheFilesOfGatewayAndTenants() throws IOException {
        Path committed = Manifests.FOLDER.resolve("configuration.yml");
        String made = ConfigurationManifest.text();
        if (Boolean.getBoolean("clew.manifests.write")) {
            Files.writeString(committed, made);
        }

        assertEquals(
                made,
                Files.readString(committed),
                committed + " is out of step; write it anew with"
                        + " ./mvnw test -Dtest=ManifestsTest -Dclew.manifests.write=true");
    }

    @Test
    void mountsWhatTheGatewayReads(@TempDir Path root) throws IOException {
        String configured = environment("CLEW_CONFIG");
        Map<String, Volume> volumes = byName(pod.getVolumes(), Volume::getName);
        Map<String, ConfigMap> configMaps = byName(
                manifests.all(ConfigMap.class),
                configMap -> configMap.getMetadata().getName());
        for (VolumeMount mount : container.getVolumeMounts()) {
            Volume volume = volumes.get(mount.getName());
            if (volume.getConfigMap() != null) {
                assertNull(mount.getSubPath(), "a single file does not follow its ConfigMap");
                assertEquals(0444, volume.getConfigMap().getDefaultMode(), "readable by a user other than root");
                Path folder = root.resolve(Path.of(configured).relativize(Path.of(mount.getMountPath())));
                Files.createDirectories(folder);
                for (Map.Entry<String, String> file : configMaps
                        .get(volume.getConfigMap().getName())
                        .getData()
                        .entrySet()) {
                    Files.writeString(folder.resolve(file.getKey()), file.getValue());
                }
            }
        }

        LoadedConfiguration loaded = load(root);
        assertEquals(List.of(), loaded.problems());
        assertEquals(
                load(Path.of("")).snapshot().tenants().size(),
                loaded.snapshot().tenants().size());
        assertFalse(loaded.snapshot().tenants().isEmpty());
    }

    @Test
    void sendsTrafficToThePodsAndProbesToTheManagementPort() {
        Map<String, Integer> ports = container.getPorts().stream()
                .collect(Collectors.toMap(ContainerPort::getName, ContainerPort::getContainerPort));
        assertEquals(Map.of("http", 8080, "management", 9000), ports);

        Service service = manifests.only(Service.class);
        Map<String, String> labels =
                deployment.getSpec().getTemplate().getMetadata().getLabels();
        assertTrue(labels.entrySet().containsAll(service.getSpec().getSelector().entrySet()));
        assertEquals(
                deployment.getSpec().getSelector().getMatchLabels(),
                service.getSpec().getSelector());
        assertEquals(1, service.getSpec().getPorts().size(), "management is not for callers");
        assertEquals(8080, service.getSpec().getPorts().get(0).getTargetPort().getIntVal());

        assertProbes("/q/health/started", container.getStartupProbe());
        assertProbes("/q/health/live", container.getLivenessProbe());
        assertProbes("/q/health/ready", container.getReadinessProbe());
    }

    private static void assertProbes(String path, Probe probe) {
        assertEquals(path, probe.getHttpGet().getPath());
        assertEquals(9000, probe.getHttpGet().getPort().getIntVal());
    }

    @Test
    void asksForNoRightItCanDoWithout() {
        assertTrue(pod.getSecurityContext().getRunAsNonRoot());
        assertEquals(10001, pod.getSecurityContext().getRunAsUser());
        assertEquals(
                "RuntimeDefault", pod.getSecurityContext().getSeccompProfile().getType());
        assertFalse(container.getSecurityContext().getAllowPrivilegeEscalation());
        assertTrue(container.getSecurityContext().getReadOnlyRootFilesystem());
        assertEquals(
                List.of("ALL"), container.getSecurityContext().getCapabilities().getDrop());
        assertEquals(List.of(), container.getSecurityContext().getCapabilities().getAdd());
        assertFalse(pod.getAutomountServiceAccountToken());
        assertFalse(pod.getEnableServiceLinks());

        ServiceAccount account = manifests.only(ServiceAccount.class);
        assertEquals(account.getMetadata().getName(), pod.getServiceAccountName());
        assertFalse(account.getAutomountServiceAccountToken());
    }

    @Test
    void leavesTimeToDrainBeforeItIsKilled() {
        long drain = List.of("CLEW_SHUTDOWN_DELAY", "CLEW_SHUTDOWN_REQUESTS", "CLEW_SHUTDOWN_EXPORT").stream()
                .mapToLong(name -> Duration.parse("PT" + environment(name)).toSeconds())
                .sum();

        assertTrue(pod.getTerminationGracePeriodSeconds() >= drain + 5, () -> "drains for " + drain + " s");
    }

    @Test
    void replacesPodsWithoutGoingBelowTheirNumber() {
        assertEquals(2, deployment.getSpec().getReplicas());
        assertEquals(
                0,
                deployment
                        .getSpec()
                        .getStrategy()
                        .getRollingUpdate()
                        .getMaxUnavailable()
                        .getIntVal());
        assertEquals(
                1,
                deployment
                        .getSpec()
                        .getStrategy()
                        .getRollingUpdate()
                        .getMaxSurge()
                        .getIntVal());
    }

    @Test
    void startsWithoutAnyTelemetrySetting() {
        assertEquals(2, container.getEnvFrom().size());
        assertTrue(container.getEnvFrom().stream()
                .allMatch(source -> source.getConfigMapRef() != null
                        ? source.getConfigMapRef().getOptional()
                        : source.getSecretRef().getOptional()));
    }

    private String environment(String name) {
        return byName(container.getEnv(), EnvVar::getName).get(name).getValue();
    }

    private static LoadedConfiguration load(Path root) {
        return new ConfigDirectory(root, Map.<String, String>of()::get).load(GatewaySettings.STANDARD);
    }

    private static <T> Map<String, T> byName(List<T> all, Function<T, String> name) {
        return all.stream()
                .collect(Collectors.toMap(
                        name,
                        Function.identity(),
                        (first, second) -> {
                            throw new IllegalStateException("two of one name: " + first);
                        },
                        TreeMap::new));
    }
}
