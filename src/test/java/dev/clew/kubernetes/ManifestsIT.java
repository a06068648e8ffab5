package dev.clew.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.config.gateway.GatewaySettings;
import dev.clew.config.watch.ConfigDirectory;
import dev.clew.config.watch.LoadedConfiguration;
import dev.clew.export.OtelSettings;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.RollingUpdateDeployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks that the manifests match the gateway and grant no unnecessary permission. */
class ManifestsIT {

    private final Manifests manifests = Manifests.committed();
    private final Deployment deployment = manifests.named(Deployment.class, "clew");
    private final PodSpec pod = deployment.getSpec().getTemplate().getSpec();
    private final Container container = pod.getContainers().get(0);

    ManifestsIT() throws IOException {}

    @Test
    void rejectsFieldsThatAKindDoesNotHave() {
        String misspelt = "{apiVersion: apps/v1, kind: Deployment, spec: {template: {spec: {hostnetwork: true}}}}";

        assertThrows(IllegalArgumentException.class, () -> Manifests.parse(misspelt));
        assertThrows(IllegalArgumentException.class, () -> Manifests.parse("{apiVersion: v1, kind: Deployment}"));
    }

    @Test
    void areWhatTheSourcesMakeWhateverOrderTheExtensionWritesIn() throws IOException {
        assertEquals(Files.readString(Path.of("kubernetes/base/kubernetes.yml")), WriteManifests.kubernetes());
        assertEquals(Files.readString(Path.of("kubernetes/base/configuration.yml")), ConfigMaps.text());
        assertEquals(Files.readString(Path.of("kubernetes/components/monitoring/rules.yml")), WriteManifests.rules());
        String a = "{kind: A, metadata: {name: a}}";
        String list = "[{name: x}, {name: a}]";
        String reversed = "[{name: a}, {name: x}]";
        assertEquals(
                SteadyYaml.of(a + "\n--- {kind: B, metadata: {name: b}, volumes: " + list + ", env: " + list + "}"),
                SteadyYaml.of(
                        "{env: " + list + ", volumes: " + reversed + ", metadata: {name: b}, kind: B}\n--- " + a));
        assertNotEquals(
                SteadyYaml.of("{kind: B, metadata: {name: b}, env: " + list + "}"),
                SteadyYaml.of("{kind: B, metadata: {name: b}, env: " + reversed + "}"));
    }

    @Test
    void carryTheFilesOfGatewayAndTenants(@TempDir Path root) throws IOException {
        for (String part : List.of("gateway", "tenants")) {
            Path folder = Files.createDirectories(root.resolve(part));
            for (Map.Entry<String, String> file : data("clew-" + part).entrySet()) {
                Files.writeString(folder.resolve(file.getKey()), file.getValue());
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
    void sayOfTelemetryWhatHoldsWithoutThem() throws IOException {
        Map<String, String> telemetry = new TreeMap<>(data("clew-telemetry"));
        assertEquals(ConfigMaps.telemetry(), telemetry);
        assertEquals("http://otel-collector:4318", telemetry.remove("OTEL_EXPORTER_OTLP_ENDPOINT"));

        OtelSettings set = OtelSettings.read(telemetry::get, "1");
        OtelSettings unset = OtelSettings.read(name -> null, "1");
        assertEquals(List.of(), set.problems());
        assertEquals(unset.export(), set.export());
        assertEquals(unset.sampler(), set.sampler());
        assertEquals(unset.propagators(), set.propagators());
    }

    @Test
    void probeTheManagementPort() {
        assertProbe("/q/health/started", container.getStartupProbe());
        assertProbe("/q/health/live", container.getLivenessProbe());
        assertProbe("/q/health/ready", container.getReadinessProbe());
    }

    private static void assertProbe(String path, Probe probe) {
        assertEquals(path, probe.getHttpGet().getPath());
        assertEquals(9000, probe.getHttpGet().getPort().getIntVal());
    }

    @Test
    void askForNoRightTheGatewayCanDoWithout() {
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
        assertFalse(manifests
                .named(ServiceAccount.class, pod.getServiceAccountName())
                .getAutomountServiceAccountToken());
    }

    @Test
    void leaveTimeToDrainBeforeThePodIsKilled() {
        long drain = container.getLifecycle().getPreStop().getSleep().getSeconds();
        for (String name : List.of("CLEW_SHUTDOWN_DELAY", "CLEW_SHUTDOWN_REQUESTS", "CLEW_SHUTDOWN_EXPORT")) {
            drain += Duration.parse("PT" + environment(name)).toSeconds();
        }

        assertTrue(pod.getTerminationGracePeriodSeconds() >= drain + 5, "drains for " + drain + " s");
    }

    @Test
    void replacePodsWithoutGoingBelowTheirNumber() {
        RollingUpdateDeployment update = deployment.getSpec().getStrategy().getRollingUpdate();
        assertNull(deployment.getSpec().getReplicas(), "the autoscaler's to say");
        assertEquals(0, update.getMaxUnavailable().getIntVal());
        assertEquals(1, update.getMaxSurge().getIntVal());
        assertEquals(
                2,
                manifests.named(HorizontalPodAutoscaler.class, "clew").getSpec().getMinReplicas());
        assertEquals(
                1,
                manifests
                        .named(PodDisruptionBudget.class, "clew")
                        .getSpec()
                        .getMaxUnavailable()
                        .getIntVal());
    }

    private Map<String, String> data(String configMap) {
        return manifests.named(ConfigMap.class, configMap).getData();
    }

    private String environment(String name) {
        return container.getEnv().stream()
                .filter(variable -> variable.getName().equals(name))
                .map(EnvVar::getValue)
                .findFirst()
                .orElseThrow();
    }

    private static LoadedConfiguration load(Path root) {
        return new ConfigDirectory(root, Map.<String, String>of()::get).load(GatewaySettings.STANDARD);
    }
}
