package dev.clew.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Checks that a strict API server accepts everything that can be applied, in a namespace that enforces the Pod Security
 * Standard "restricted".
 */
class StrictServerIT {

    /** Returns the manifests without kubectl: each folder's files unchanged, and the collector's pods separately. */
    private static Map<Path, String> written() throws Exception {
        Map<Path, String> texts = new LinkedHashMap<>();
        for (Path folder : List.of(
                Manifests.FOLDER.resolve("base"),
                Manifests.FOLDER.resolve("components/collector"),
                Manifests.FOLDER.resolve("components/monitoring"))) {
            List<String> files = new ArrayList<>();
            for (Path file : Manifests.files(folder)) {
                files.add(Files.readString(file));
            }
            texts.put(folder, String.join("\n---\n", files));
        }
        return texts;
    }

    private static Map<Path, String> rendered() throws Exception {
        Map<Path, String> texts = new LinkedHashMap<>();
        for (Path folder : Kustomize.folders()) {
            texts.put(folder, Kustomize.text(folder));
        }
        return texts;
    }

    private static void assertTaken(Map<Path, String> texts) {
        texts.forEach((folder, text) -> {
            Manifests manifests = new Manifests(Manifests.parse(text));
            assertEquals(List.of(), ServerRules.broken(manifests), folder::toString);
            assertEquals(List.of(), PodSecurity.violations(manifests), folder::toString);
        });
    }

    @Test
    void takesWhatIsWritten() throws Exception {
        assertTaken(written());
    }

    @Test
    void takesWhatIsRendered() throws Exception {
        Kustomize.assumeKubectl();
        assertTaken(rendered());
    }

    @Test
    void findsWhatIsWrittenValidByTheSchemaOfKubernetes() throws Exception {
        SchemaCheck.assumeSchema();
        assertEquals(
                List.of(),
                SchemaCheck.violations(String.join("\n---\n", written().values())));
    }

    @Test
    void findsWhatIsRenderedValidByTheSchemaOfKubernetes() throws Exception {
        SchemaCheck.assumeSchema();
        Kustomize.assumeKubectl();
        assertEquals(
                List.of(),
                SchemaCheck.violations(String.join("\n---\n", rendered().values())));
    }

    @Test
    void schemaRejectsValuesAndMissingFields() throws Exception {
        SchemaCheck.assumeSchema();
        String text = written().get(Manifests.FOLDER.resolve("base"));
        for (Map.Entry<String, String> change : Map.of(
                        "imagePullPolicy: IfNotPresent", "imagePullPolicy: Sometimes",
                        "minReplicas: 2", "minReplicas: two",
                        "                seconds: 5", "                second: 5",
                        "policyTypes:", "policyTypes: Egress\n  kinds:")
                .entrySet()) {
            assertEquals(1, SchemaCheck.violations(changed(text, change)).size(), change::toString);
        }
    }

    @Test
    void rejectsValuesOutOfTheirRange() throws Exception {
        String text = written().get(Manifests.FOLDER.resolve("base"));
        for (Map.Entry<String, String> change : Map.of(
                        "name: clew-metrics", "name: Clew_metrics",
                        "containerPort: 8443", "containerPort: 84430",
                        "- name: management\n              containerPort",
                                "- name: management-of-clew\n              containerPort",
                        "cpu: 500m", "cpu: 2500m",
                        "app.kubernetes.io/part-of: clew", "app.kubernetes.io/part-of: the gateway",
                        "maxReplicas: 10", "maxReplicas: 1",
                        "- name: K8S_NODE_NAME", "- name: K8S_POD_NAME",
                        "mountPath: /tmp", "mountPath: tmp",
                        "gateway.yaml: |", "..gateway.yaml: |")
                .entrySet()) {
            assertTrue(!ServerRules.broken(parsed(changed(text, change))).isEmpty(), change::toString);
        }
    }

    @Test
    void rejectsPodsThatAskForMoreThanTheyNeed() throws Exception {
        String text = written().get(Manifests.FOLDER.resolve("components/collector"));
        for (Map.Entry<String, String> change : Map.of(
                        "runAsNonRoot: true", "runAsNonRoot: false",
                        "runAsUser: 10001", "runAsUser: 0",
                        "type: RuntimeDefault", "type: Unconfined",
                        "allowPrivilegeEscalation: false", "allowPrivilegeEscalation: true",
                        "readOnlyRootFilesystem: true", "privileged: true",
                        "drop: [ALL]", "drop: [NET_RAW]",
                        "enableServiceLinks: false", "hostNetwork: true",
                        "policyTypes: [Ingress, Egress]", "policyTypes: [Ingress]",
                        "          configMap:\n            name: otel-collector", "          hostPath: {path: /}",
                        "containerPort: 13133", "containerPort: 13133\n              hostPort: 80")
                .entrySet()) {
            assertTrue(!PodSecurity.violations(parsed(changed(text, change))).isEmpty(), change::toString);
        }
        assertTrue(!PodSecurity.violations(parsed(text.replaceAll("opentelemetry-collector:[0-9.]+", "collector")))
                .isEmpty());
    }

    private static String changed(String text, Map.Entry<String, String> change) {
        assertTrue(text.contains(change.getKey()), change::getKey);
        return text.replaceFirst(Pattern.quote(change.getKey()), Matcher.quoteReplacement(change.getValue()));
    }

    private static Manifests parsed(String text) {
        return new Manifests(Manifests.parse(text));
    }
}
