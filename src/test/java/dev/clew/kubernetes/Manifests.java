package dev.clew.kubernetes;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Manifests, read as a strict API server would: a field unknown to a kind is an error. */
public record Manifests(List<HasMetadata> objects) {

    static final Path FOLDER = Path.of("kubernetes");

    private static final Map<String, Class<? extends HasMetadata>> KINDS = Map.of(
            "v1/ConfigMap", ConfigMap.class,
            "v1/Service", Service.class,
            "v1/ServiceAccount", ServiceAccount.class,
            "apps/v1/Deployment", Deployment.class,
            "autoscaling/v2/HorizontalPodAutoscaler", HorizontalPodAutoscaler.class,
            "policy/v1/PodDisruptionBudget", PodDisruptionBudget.class,
            "networking.k8s.io/v1/NetworkPolicy", NetworkPolicy.class,
            "monitoring.coreos.com/v1/ServiceMonitor", ServiceMonitor.class,
            "monitoring.coreos.com/v1/PrometheusRule", PrometheusRule.class);

    /** A mapper that rejects unknown fields, which the model would otherwise keep in a map of their own. */
    private static final ObjectMapper STRICT = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .setAnnotationIntrospector(new JacksonAnnotationIntrospector() {
                @Override
                public Boolean hasAnySetter(Annotated annotated) {
                    return false;
                }
            });

    /** Returns the objects that {@code kubectl apply -k kubernetes/} applies. */
    public static Manifests committed() throws IOException {
        return in(FOLDER.resolve("base"));
    }

    /** Returns all manifests in this folder, without those in its subfolders. */
    static Manifests in(Path folder) throws IOException {
        List<HasMetadata> objects = new ArrayList<>();
        for (Path file : files(folder)) {
            objects.addAll(parse(Files.readString(file)));
        }
        return new Manifests(objects);
    }

    static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Manifests::isManifest).sorted().toList();
        }
    }

    private static boolean isManifest(Path file) {
        String name = file.getFileName().toString();
        return (name.endsWith(".yml") || name.endsWith(".yaml") || name.endsWith(".json"))
                && !name.equals("kustomization.yaml");
    }

    static List<HasMetadata> parse(String text) {
        List<HasMetadata> objects = new ArrayList<>();
        for (Object document : documents(text)) {
            Map<?, ?> fields = (Map<?, ?>) document;
            Class<? extends HasMetadata> kind = KINDS.get(fields.get("apiVersion") + "/" + fields.get("kind"));
            if (kind == null) {
                throw new IllegalArgumentException(
                        "no such kind: " + fields.get("apiVersion") + " " + fields.get("kind"));
            }
            objects.add(STRICT.convertValue(fields, kind));
        }
        return objects;
    }

    /** Parses into maps and lists, without empty documents; a duplicate key is an error. */
    static List<Object> documents(String text) {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        List<Object> documents = new ArrayList<>();
        new Yaml(new SafeConstructor(options)).loadAll(text).forEach(documents::add);
        documents.removeIf(Objects::isNull);
        return documents;
    }

    /** Returns a setting of an object, or of a part of one. */
    static Map<?, ?> fields(Object part) {
        return STRICT.convertValue(part, Map.class);
    }

    <T extends HasMetadata> List<T> all(Class<T> kind) {
        return objects.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** Returns the only object of this kind and name. */
    public <T extends HasMetadata> T named(Class<T> kind, String name) {
        List<T> found = all(kind).stream()
                .filter(object -> object.getMetadata().getName().equals(name))
                .toList();
        if (found.size() != 1) {
            throw new IllegalStateException(
                    kind.getSimpleName() + " " + name + ": " + found.size() + " (expected: one)");
        }
        return found.get(0);
    }
}
