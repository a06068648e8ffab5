package dev.clew.config;

import io.smallrye.config.ConfigMappings.ConfigClass;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a configuration file may hold: a tree of the property names of its mapping, such as
 * {@code upstreams.*.endpoints[*]}, so that a file is checked against the mapping and nothing else.
 */
final class Shape {

    private final TreeMap<String, Shape> children = new TreeMap<>();
    private @Nullable Shape named;
    private @Nullable Shape item;

    private Shape() {}

    static Shape of(ConfigClass mapping) {
        Shape root = new Shape();
        int prefix = mapping.getPrefix().length() + 1;
        for (String property : mapping.getProperties().keySet()) {
            if (property.length() > prefix) {
                Shape shape = root;
                for (String segment : property.substring(prefix).split("\\.", -1)) {
                    shape = shape.grow(segment);
                }
            }
        }
        return root;
    }

    private Shape grow(String segment) {
        boolean list = segment.endsWith("[*]");
        String name = list ? segment.substring(0, segment.length() - 3) : segment;
        Shape child;
        if (name.equals("*")) {
            named = named == null ? new Shape() : named;
            child = named;
        } else {
            child = children.computeIfAbsent(name, absent -> new Shape());
        }
        if (list) {
            child.item = child.item == null ? new Shape() : child.item;
            return child.item;
        }
        return child;
    }

    boolean isList() {
        return item != null;
    }

    boolean isMapping() {
        return item == null && (named != null || !children.isEmpty());
    }

    /** The keys of a mapping; empty where people choose them. */
    Set<String> keys() {
        return children.keySet();
    }

    /** Whether the keys of this mapping are names that people choose. */
    boolean hasNames() {
        return named != null;
    }

    /** What stands under a key, or null when there is no such key. */
    @Nullable Shape child(String key) {
        return named == null ? children.get(key) : named;
    }

    /**
     * Where a key stands that is not where it was looked for, such as {@code upstreams.*.retry}; null when it stands nowhere.
     * Of several places the one least deep.
     */
    @Nullable String placeOf(String key) {
        if (children.containsKey(key)) {
            return key;
        }
        String nearest = null;
        for (Map.Entry<String, Shape> child : children.entrySet()) {
            String below = child.getValue().placeBelow(key);
            String place = below == null ? null : child.getKey() + below;
            if (place != null && (nearest == null || Keys.depth(place) < Keys.depth(nearest))) {
                nearest = place;
            }
        }
        return nearest;
    }

    private @Nullable String placeBelow(String key) {
        Shape inner = item != null ? item : named;
        String place = inner == null ? placeOf(key) : inner.placeOf(key);
        return place == null ? null : (item != null ? "[]." : named != null ? ".*." : ".") + place;
    }

    /** What each item of a list is, or null when this is no list. */
    @Nullable Shape item() {
        return item;
    }

    String expected() {
        return isList() ? "a list" : isMapping() ? "a mapping" : "a single value";
    }
}
