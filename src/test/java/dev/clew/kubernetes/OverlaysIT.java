package dev.clew.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.config.gateway.GatewaySettings;
import dev.clew.config.watch.ConfigDirectory;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks that {@code kubectl}'s output for each folder in {@code kubernetes/} is consistent. */
class OverlaysIT {

    @Test
    void everyManifestIsValidByItself() throws IOException {
        List<Path> folders = new ArrayList<>(Kustomize.in("components"));
        folders.addAll(Kustomize.in("overlays"));
        int objects = 0;
        for (Path folder : folders) {
            objects += Manifests.in(folder).objects().size();
        }
        assertEquals(8, objects);
        assertEquals(List.of(), References.dangling(Manifests.committed()));
        assertEquals(List.of(), References.dangling(Manifests.in(Manifests.FOLDER.resolve("components/collector"))));
    }

    @Test
    void noticesNamesThatLeadNowhere() throws IOException {
        Manifests whole = Manifests.committed();
        for (HasMetadata object : List.of(
                whole.named(ConfigMap.class, "clew-tenants"),
                whole.named(Deployment.class, "clew"),
                whole.named(ConfigMap.class, "clew-telemetry"))) {
            List<HasMetadata> rest = new ArrayList<>(whole.objects());
            rest.remove(object);
            assertTrue(!References.dangling(new Manifests(rest)).isEmpty(), object.getMetadata()::getName);
        }
    }

    @Test
    void rendersEachFolderToObjectsThatHoldTogether() throws Exception {
        Kustomize.assumeKubectl();
        for (Path folder : Kustomize.folders()) {
            Manifests rendered = Kustomize.rendered(folder);
            assertEquals(List.of(), References.dangling(rendered), folder::toString);
            assertStandardLabels(rendered);
        }
        assertEquals(
                Manifests.committed().objects().size(),
                Kustomize.rendered(Manifests.FOLDER).objects().size());
    }

    @Test
    void rendersEachComponentOnTopOfTheBase(@TempDir Path work) throws Exception {
        Kustomize.assumeKubectl();
        Path copy = Kustomize.copy(work);
        Path own = Files.createDirectory(work.resolve("own"));
        for (Path component : Kustomize.in("components")) {
            String name = component.getFileName().toString();
            String before = name.equals("collector-backend") ? "../kubernetes/components/collector, " : "";
            Files.writeString(
                    own.resolve("kustomization.yaml"),
                    "resources: [../kubernetes]\ncomponents: [" + before + "../kubernetes/components/" + name + "]\n");
            Manifests rendered = Kustomize.rendered(own);
            assertEquals(List.of(), References.dangling(rendered), name);
            assertStandardLabels(rendered);
            assertNotEquals(Kustomize.text(copy), Kustomize.text(own), name);
        }
    }

    /** An API server drops these, so that each apply would change the object again. */
    @Test
    void rendersNothingThatAServerDrops() throws Exception {
        Kustomize.assumeKubectl();
        for (Path folder : Kustomize.folders()) {
            List<Object> rendered = Manifests.documents(Kustomize.text(folder));
            assertEquals(ServerForm.of(rendered), rendered, folder::toString);
        }
    }

    /** Without a number of replicas, an autoscaler's decision survives the next apply. */
    @Test
    void leavesTheNumberOfPodsToAnAutoscaler() throws Exception {
        Kustomize.assumeKubectl();
        for (Path folder : Kustomize.folders()) {
            Manifests rendered = Kustomize.rendered(folder);
            boolean scaled = !rendered.all(HorizontalPodAutoscaler.class).isEmpty();
            Integer replicas =
                    rendered.named(Deployment.class, "clew").getSpec().getReplicas();
            assertEquals(scaled ? null : 1, replicas, folder::toString);
        }
    }

    /** A tenant or setting of an overlay that the gateway rejects would be found by whoever applies it. */
    @Test
    void hasFilesWithoutAProblem(@TempDir Path work) throws Exception {
        Kustomize.assumeKubectl();
        for (Path folder : Kustomize.folders()) {
            Path root = Files.createTempDirectory(work, "files");
            Manifests rendered = Kustomize.rendered(folder);
            for (String part : List.of("gateway", "tenants")) {
                Path files = Files.createDirectory(root.resolve(part));
                Map<String, String> data =
                        rendered.named(ConfigMap.class, "clew-" + part).getData();
                for (Map.Entry<String, String> file : data.entrySet()) {
                    Files.writeString(files.resolve(file.getKey()), file.getValue());
                }
            }
            assertEquals(
                    List.of(),
                    new ConfigDirectory(root, Map.<String, String>of()::get)
                            .load(GatewaySettings.STANDARD)
                            .problems(),
                    folder::toString);
        }
    }

    private static void assertStandardLabels(Manifests rendered) {
        for (HasMetadata object : rendered.objects()) {
            Map<String, String> labels = object.getMetadata().getLabels();
            for (String label : List.of("name", "component", "part-of")) {
                assertTrue(
                        labels.containsKey("app.kubernetes.io/" + label),
                        () -> object.getKind() + " " + object.getMetadata().getName() + ": " + labels);
            }
        }
    }

    @Test
    void hasACollectorWhereTheGatewaySendsItsSpans() throws Exception {
        Kustomize.assumeKubectl();
        Manifests rendered = Kustomize.rendered(Manifests.FOLDER.resolve("overlays/collector"));
        Map<String, String> telemetry =
                rendered.named(ConfigMap.class, "clew-telemetry").getData();
        Service collector = rendered.named(Service.class, "otel-collector");

        assertTrue(collector.getSpec().getPorts().stream().anyMatch(port -> telemetry
                .get("OTEL_EXPORTER_OTLP_ENDPOINT")
                .equals("http://" + collector.getMetadata().getName() + ":" + port.getPort())));
    }

    @Test
    void hasThePodsAskForATokenThatPrometheusShows(@TempDir Path work) throws Exception {
        Kustomize.assumeKubectl();
        Kustomize.copy(work);
        Path own = Files.createDirectory(work.resolve("own"));
        Files.writeString(
                own.resolve("kustomization.yaml"),
                "resources: [../kubernetes]\n"
                        + "components: [../kubernetes/components/monitoring,"
                        + " ../kubernetes/components/management-token]\n");

        Manifests rendered = Kustomize.rendered(own);
        assertEquals(List.of(), References.dangling(rendered));
        assertTrue(
                rendered
                        .named(Deployment.class, "clew")
                        .getSpec()
                        .getTemplate()
                        .getSpec()
                        .getContainers()
                        .get(0)
                        .getEnv()
                        .stream()
                        .anyMatch(variable -> variable.getName().equals("CLEW_MANAGEMENT_TOKEN_FILE")
                                && variable.getValue().equals("secrets/management-token")));
        String monitor = rendered.objects().stream()
                .filter(object -> object.getKind().equals("ServiceMonitor"))
                .map(Serialization::asYaml)
                .findFirst()
                .orElseThrow();
        assertTrue(monitor.contains("key: \"management-token\""), monitor);
    }
}
