package dev.clew.kubernetes;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Brings objects into the form in which an API server keeps them, so that a second apply changes nothing and a
 * server-side apply after a client-side one has no conflict: defaults that the server fills in are written, and what it
 * drops is left out.
 */
final class ServerForm {

    /** Zero is the server's default, which it does not keep in these fields. */
    private static final List<String> ZEROES = List.of("initialDelaySeconds");

    /** Fields that the server drops if they are empty. */
    private static final List<String> EMPTY = List.of("data", "egress", "ingress");

    private ServerForm() {}

    /** Returns the objects in the server's form. Where an autoscaler is, the Deployment has no number of replicas. */
    static List<Object> of(List<Object> objects) {
        return objects.stream()
                .map(object -> isScaled(object, objects) ? withoutReplicas((Map<?, ?>) object) : object)
                .map(ServerForm::kept)
                .toList();
    }

    /** Returns whether an autoscaler sets the number of replicas, which every apply would otherwise set back. */
    private static boolean isScaled(Object object, List<Object> objects) {
        return objects.stream()
                .filter(other -> at(other, "kind").equals("HorizontalPodAutoscaler"))
                .map(other -> at(other, "spec", "scaleTargetRef"))
                .anyMatch(target -> at(target, "kind").equals(at(object, "kind"))
                        && at(target, "name").equals(at(object, "metadata", "name")));
    }

    private static Map<Object, Object> withoutReplicas(Map<?, ?> object) {
        Map<Object, Object> spec = new LinkedHashMap<>((Map<?, ?>) object.get("spec"));
        spec.remove("replicas");
        Map<Object, Object> changed = new LinkedHashMap<>(object);
        changed.put("spec", spec);
        return changed;
    }

    private static Object at(Object object, String... path) {
        Object found = object;
        for (String key : path) {
            found = Objects.requireNonNull(((Map<?, ?>) found).get(key), key);
        }
        return found;
    }

    private static Object kept(Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(ServerForm::kept).toList();
        }
        if (!(value instanceof Map<?, ?> map)) {
            return value;
        }
        Map<Object, Object> kept = new LinkedHashMap<>();
        map.forEach((key, entry) -> {
            if (!isDropped((String) key, entry)) {
                kept.put(key, kept(entry));
            }
        });
        // The version of the field's path; without it, owners of the field disagree about it.
        if (kept.containsKey("fieldPath")) {
            kept.putIfAbsent("apiVersion", "v1");
        }
        return kept;
    }

    private static boolean isDropped(String key, Object value) {
        return ZEROES.contains(key) && Objects.equals(value, 0)
                || EMPTY.contains(key)
                        && (value instanceof Map<?, ?> map && map.isEmpty()
                                || value instanceof List<?> list && list.isEmpty());
    }
}
