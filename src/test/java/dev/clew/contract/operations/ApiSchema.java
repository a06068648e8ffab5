package dev.clew.contract.operations;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.yaml.snakeyaml.Yaml;

/**
 * The part of OpenAPI's schemas that the description of the API uses. A member that is not described is a violation.
 */
final class ApiSchema {

    private static final Path FILE = Path.of("src/main/resources/META-INF/openapi.yaml");
    private static final String REFERENCE = "#/components/schemas/";

    private final Map<String, Map<String, Object>> schemas;
    private final Map<String, Map<String, Object>> paths;
    private final List<String> violations = new ArrayList<>();

    ApiSchema() throws IOException {
        Map<String, Object> document = new Yaml().load(Files.readString(FILE));
        this.paths = cast(document.get("paths"));
        Map<String, Map<String, Map<String, Object>>> components = cast(document.get("components"));
        this.schemas = components.get("schemas");
    }

    @SuppressWarnings("unchecked")
    private static <T> T cast(Object value) {
        return (T) value;
    }

    TreeSet<String> paths() {
        return new TreeSet<>(paths.keySet());
    }

    /** Returns the violations of the schema of a path's 200 response. */
    List<String> violations(String path, Object body) {
        Map<String, Object> operation = cast(paths.get(path).get("get"));
        Map<String, Map<String, Map<String, Map<String, Map<String, Object>>>>> responses =
                cast(operation.get("responses"));
        violations.clear();
        check(responses.get("200").get("content").get("application/json").get("schema"), body, "$");
        return List.copyOf(violations);
    }

    private void check(Map<String, Object> schema, Object value, String place) {
        if (schema.get("$ref") instanceof String reference) {
            check(schemas.get(reference.substring(REFERENCE.length())), value, place);
        } else if (schema.get("oneOf") instanceof List<?> alternatives) {
            checkOneOf(alternatives, value, place);
        } else if (value == null) {
            if (!Boolean.TRUE.equals(schema.get("nullable"))) {
                violations.add(place + ": null");
            }
        } else {
            checkType(schema, value, place);
        }
    }

    private void checkOneOf(List<?> alternatives, Object value, String place) {
        List<String> before = List.copyOf(violations);
        for (Object alternative : alternatives) {
            violations.clear();
            check(cast(alternative), value, place);
            if (violations.isEmpty()) {
                violations.addAll(before);
                return;
            }
        }
        violations.addAll(before);
    }

    private void checkType(Map<String, Object> schema, Object value, String place) {
        String type = (String) schema.get("type");
        boolean valid =
                switch (type) {
                    case "object" -> value instanceof JsonObject;
                    case "array" -> value instanceof JsonArray;
                    case "string" -> value instanceof String;
                    case "boolean" -> value instanceof Boolean;
                    case "integer" -> value instanceof Integer || value instanceof Long;
                    default -> value instanceof Number;
                };
        if (!valid) {
            violations.add(place + ": " + value + " (expected: " + type + ")");
            return;
        }
        if (schema.get("enum") instanceof List<?> values && !values.contains(value)) {
            violations.add(place + ": " + value + " (expected: one of " + values + ")");
        }
        if (schema.get("pattern") instanceof String pattern && !((String) value).matches(pattern)) {
            violations.add(place + ": " + value + " (expected: " + pattern + ")");
        }
        if (value instanceof JsonArray items && schema.containsKey("items")) {
            for (int i = 0; i < items.size(); i++) {
                check(cast(schema.get("items")), items.getValue(i), place + '[' + i + ']');
            }
        } else if (value instanceof JsonObject object) {
            checkMembers(schema, object, place);
        }
    }

    private void checkMembers(Map<String, Object> schema, JsonObject object, String place) {
        List<String> required = cast(schema.getOrDefault("required", List.of()));
        required.stream()
                .filter(name -> !object.containsKey(name))
                .forEach(name -> violations.add(place + '.' + name + ": missing"));
        if (!schema.containsKey("properties")) {
            return;
        }
        Map<String, Map<String, Object>> properties = cast(schema.get("properties"));
        for (String name : object.fieldNames()) {
            if (properties.containsKey(name)) {
                check(properties.get(name), object.getValue(name), place + '.' + name);
            } else {
                violations.add(place + '.' + name + ": not described");
            }
        }
    }
}
