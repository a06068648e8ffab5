package dev.clew.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** The description of the API has exactly the paths and parameters that exist. */
class ApiDescriptionTest {

    private static final Path FILE = Path.of("src/main/resources/META-INF/openapi.yaml");

    @Test
    void describesEveryPathWithItsParameters() throws IOException {
        Map<String, TreeSet<String>> served = new TreeMap<>();
        // They read nothing before a request comes.
        Api.Sources sources = new Api.Sources(null, null, null, null, null, null, null, null);
        Api.Presentation shown = new Api.Presentation(null, Map.of(), null, null);
        GatewayView gateway = new GatewayView(
                new GatewayView.Facts("1", "jvm", null, null, new Replica("a", "b")), null, null, null, null);
        for (Endpoint endpoint : Api.endpoints(sources, shown, gateway, null)) {
            served.put(
                    ApiRoutes.ROOT + endpoint.path().replaceAll(":(\\w+)", "{$1}"),
                    withReplicas(endpoint.parameters()));
        }
        served.put(ApiRoutes.ROOT + "/requests/stream", withReplicas(RequestQueries.PARAMETERS));
        assertEquals(served, described());
    }

    private static TreeSet<String> withReplicas(Set<String> parameters) {
        TreeSet<String> names = new TreeSet<>(parameters);
        names.add(ApiRequest.REPLICAS);
        return names;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, TreeSet<String>> described() throws IOException {
        Map<String, Object> document = new Yaml().load(Files.readString(FILE));
        var components = (Map<String, Map<String, Map<String, Object>>>) document.get("components");
        var paths = (Map<String, Map<String, Map<String, Object>>>) document.get("paths");
        Map<String, TreeSet<String>> described = new TreeMap<>();
        paths.forEach((path, item) -> {
            TreeSet<String> names = new TreeSet<>();
            for (Map<String, Object> parameter :
                    (List<Map<String, Object>>) item.get("get").get("parameters")) {
                String reference = (String) parameter.get("$ref");
                Map<String, Object> whole = reference == null
                        ? parameter
                        : components.get("parameters").get(reference.substring(reference.lastIndexOf('/') + 1));
                if (whole.get("in").equals("query")) {
                    names.add((String) whole.get("name"));
                }
            }
            described.put(path, names);
        });
        return described;
    }
}
