package dev.clew.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An administrator's commands, applied to an API server that stores but runs nothing. */
class ApiServerTest {

    private static final Pattern PATCH = Pattern.compile("kubectl patch configmap (\\S+) --patch '([^']*)'");

    private final KubernetesMockServer server = new KubernetesMockServer(
            new Context(), new MockWebServer(), new HashMap<>(), new KubernetesCrudDispatcher(), false);
    private KubernetesClient client;

    @BeforeEach
    void start() {
        server.init();
        client = server.createClient();
    }

    @AfterEach
    void close() {
        client.close();
        server.destroy();
    }

    private static List<HasMetadata> all() throws IOException {
        List<HasMetadata> objects = new ArrayList<>();
        for (String folder : List.of("base", "components/collector", "components/monitoring")) {
            objects.addAll(Manifests.in(Manifests.FOLDER.resolve(folder)).objects());
        }
        return objects;
    }

    private void applyAll() throws IOException {
        for (HasMetadata object : all()) {
            client.resource(object).create();
        }
    }

    @Test
    void givesBackEveryObjectAsItWasApplied() throws IOException {
        applyAll();
        for (HasMetadata object : all()) {
            HasMetadata stored = client.resource(object).get();
            Map<Object, Object> applied = new TreeMap<>(Manifests.fields(object));
            Map<Object, Object> kept = new TreeMap<>(Manifests.fields(stored));
            applied.remove("metadata");
            kept.keySet().retainAll(applied.keySet());
            assertEquals(
                    applied,
                    kept,
                    () -> object.getKind() + " " + object.getMetadata().getName());
            assertEquals(object.getMetadata().getLabels(), stored.getMetadata().getLabels());
        }
        assertThrows(KubernetesClientException.class, this::applyAll);
    }

    private Map<String, String> data(String configMap) {
        return client.configMaps().withName(configMap).get().getData();
    }

    @Test
    void takesThePatchesOfTheRecipesAndKeepsWhatTheyDoNotName() throws IOException {
        applyAll();
        Matcher patch = PATCH.matcher(Files.readString(Path.of("docs/kubernetes.md")));
        int patches = 0;
        while (patch.find()) {
            String name = patch.group(1);
            Map<String, String> expected = new TreeMap<>(data(name));
            ConfigMap written = (ConfigMap) Manifests.parse("apiVersion: v1\nkind: ConfigMap" + patch.group(2))
                    .get(0);
            expected.putAll(written.getData());
            // A merge patch replaces kubectl's strategic merge, which this server lacks: both do the same to data.
            client.configMaps().withName(name).patch(PatchContext.of(PatchType.JSON_MERGE), patch.group(2));
            assertEquals(expected, data(name), patch.group());
            patches++;
        }
        assertEquals(6, patches);
    }

    private PodTemplateSpec template() {
        return client.apps().deployments().withName("clew").get().getSpec().getTemplate();
    }

    @Test
    void marksThePodsOnARollingRestartAndChangesNothingElseOfThem() throws IOException {
        applyAll();
        PodTemplateSpec before = template();
        client.apps().deployments().withName("clew").rolling().restart();
        PodTemplateSpec after = template();
        Map<String, String> added = new TreeMap<>(after.getMetadata().getAnnotations());
        added.keySet().removeAll(before.getMetadata().getAnnotations().keySet());
        assertEquals(1, added.size(), added::toString);
        assertTrue(added.keySet().iterator().next().endsWith("restartedAt"), added::toString);
        assertEquals(before.getSpec(), after.getSpec());
    }
}
