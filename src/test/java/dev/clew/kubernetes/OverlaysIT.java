package dev.clew.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicySpec;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Checks that {@code kubectl}'s output for each folder in {@code kubernetes/} is consistent, as are the documented
 * files of administrators.
 */
class OverlaysIT {

    private static final Pattern OWN_OVERLAY = Pattern.compile("(?s)```yaml\n(# edge/kustomization.yaml\n.*?)```");
    private static final Pattern COLLECTORS_WAY = Pattern.compile("(?s)```yaml\n(patches:\n.*?)```");

    @Test
    void everyManifestIsValidByItself() throws IOException {
        List<Path> folders = new ArrayList<>(Kustomize.in("components"));
        folders.addAll(Kustomize.in("overlays"));
        int objects = 0;
        for (Path folder : folders) {
            objects += Manifests.in(folder).objects().size();
        }
        assertEquals(6, objects);
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

    /** Live changes depend on the names that the pods mount, and recipes on the names that they patch. */
    @Test
    void rendersTheOverlayThatThePageShows(@TempDir Path work) throws Exception {
        Kustomize.assumeKubectl();
        Matcher shown = OWN_OVERLAY.matcher(Files.readString(Manifests.FOLDER.resolve("README.md")));
        assertTrue(shown.find());
        copy(Manifests.FOLDER, work.resolve("kubernetes"));
        Path own = Files.createDirectories(work.resolve("edge/tenants")).getParent();
        Files.writeString(own.resolve("kustomization.yaml"), shown.group(1));
        Files.writeString(own.resolve("tenants/initech.yaml"), "hosts: [initech.example.com]\n");

        Manifests rendered = Kustomize.rendered(own);
        assertEquals(List.of(), References.dangling(rendered));
        Deployment deployment = rendered.named(Deployment.class, "clew");
        assertEquals("edge", deployment.getMetadata().getNamespace());
        assertEquals(
                "images.example.com/clew:0.1.0",
                deployment
                        .getSpec()
                        .getTemplate()
                        .getSpec()
                        .getContainers()
                        .get(0)
                        .getImage());
        assertEquals(
                Map.of("initech.yaml", "hosts: [initech.example.com]\n"),
                rendered.named(ConfigMap.class, "clew-tenants").getData());
    }

    @Test
    void opensTheCollectorsWayAsThePageShows(@TempDir Path work) throws Exception {
        Kustomize.assumeKubectl();
        Matcher shown = COLLECTORS_WAY.matcher(Files.readString(Manifests.FOLDER.resolve("README.md")));
        assertTrue(shown.find());
        copy(Manifests.FOLDER, work.resolve("kubernetes"));
        Path own = Files.createDirectory(work.resolve("own"));
        Files.writeString(
                own.resolve("kustomization.yaml"), "resources: [../kubernetes/overlays/collector]\n" + shown.group(1));

        NetworkPolicySpec opened = Kustomize.rendered(own)
                .named(NetworkPolicy.class, "otel-collector")
                .getSpec();
        assertEquals(
                List.of(53, 53, 4317),
                opened.getEgress().get(0).getPorts().stream()
                        .map(port -> port.getPort().getIntVal())
                        .toList());
        assertEquals(List.of("Ingress", "Egress"), opened.getPolicyTypes());
    }

    @Test
    void hasThePodsAskForATokenThatPrometheusShows(@TempDir Path work) throws Exception {
        Kustomize.assumeKubectl();
        copy(Manifests.FOLDER, work.resolve("kubernetes"));
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

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path path : all.toList()) {
                Files.copy(path, to.resolve(from.relativize(path).toString()));
            }
        }
    }
}
