package dev.clew.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.SecretProjection;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicySpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The overlays that {@code kubernetes/README.md} shows, rendered as an administrator would. */
class PageOverlaysIT {

    private static final Pattern COLLECTORS_WAY = Pattern.compile("(?s)```yaml\n(patches:\n.*?)```");

    private final String page = Files.readString(Manifests.FOLDER.resolve("README.md"));

    PageOverlaysIT() throws IOException {}

    @BeforeEach
    void assumeKubectl() throws InterruptedException {
        Kustomize.assumeKubectl();
    }

    /** Writes the overlay of this name next to a copy of the manifests. */
    private Path shown(Path work, String name) throws IOException {
        Matcher shown = Pattern.compile("(?s)```yaml\n(# " + name + "/kustomization.yaml\n.*?)```")
                .matcher(page);
        assertTrue(shown.find(), name);
        Kustomize.copy(work);
        Path own = Files.createDirectory(work.resolve(name));
        Files.writeString(own.resolve("kustomization.yaml"), shown.group(1));
        return own;
    }

    /** Live changes depend on the names that the pods mount, and recipes on the names that they patch. */
    @Test
    void rendersTheOverlayThatThePageShows(@TempDir Path work) throws Exception {
        Path own = shown(work, "edge");
        Files.createDirectory(own.resolve("tenants"));
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
        Matcher shown = COLLECTORS_WAY.matcher(page);
        assertTrue(shown.find());
        Kustomize.copy(work);
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
    void hasTheCollectorSendSpansOn(@TempDir Path work) throws Exception {
        Manifests rendered = Kustomize.rendered(shown(work, "traced"));
        assertEquals(List.of(), References.dangling(rendered));
        assertEquals(
                Map.of("BACKEND_ENDPOINT", "https://otlp.example.com"),
                rendered.named(ConfigMap.class, "otel-collector-backend").getData());
        assertTrue(rendered.named(ConfigMap.class, "otel-collector")
                .getData()
                .get("config.yaml")
                .contains("exporters: [otlphttp]"));
    }

    @Test
    void mountsCertificatesFromOneSecretEach(@TempDir Path work) throws Exception {
        Manifests rendered = Kustomize.rendered(shown(work, "certificates"));
        Volume volume = rendered.named(Deployment.class, "clew").getSpec().getTemplate().getSpec().getVolumes().stream()
                .filter(each -> each.getName().equals("secrets"))
                .findFirst()
                .orElseThrow();
        assertNull(volume.getSecret());
        List<SecretProjection> secrets = volume.getProjected().getSources().stream()
                .map(source -> source.getSecret())
                .toList();
        assertEquals(
                List.of("clew-secrets", "acme-tls"),
                secrets.stream().map(SecretProjection::getName).toList());
        assertEquals(
                List.of("acme.crt", "acme.key"),
                secrets.get(1).getItems().stream().map(item -> item.getPath()).toList());
    }
}
