package dev.clew.config.yaml;

import dev.clew.config.yaml.Setting.Kind;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.common.utils.StringUtil;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The shape of a configuration file: a tree of its mapping's keys, such as {@code upstreams.*.endpoints[*]}, with the
 * ranges that {@link Setting} declares, so that files are checked against the mapping alone.
 *
 * <p>Kept in static fields, so that a native executable reflects on the mappings at build time.
 */
public final class Shape {

    private final TreeMap<String, Shape> children = new TreeMap<>();
    private @Nullable Shape named;
    private @Nullable Shape item;
    private @Nullable Function<String, Integer> range;
    private Kind kind = Kind.GROUP;
    private String standard = "";
    private String absent = "";

    private Shape() {}

    /** Returns the shape of a file, or of a section of one. */
    public static Shape of(Class<?> section) {
        Shape shape = new Shape();
        for (Method method : section.getMethods()) {
            Setting setting = method.getAnnotation(Setting.class);
            if (setting != null) {
                shape.children.put(key(method), of(method.getGenericReturnType(), setting));
            }
        }
        return shape;
    }

    private static Shape of(Type type, Setting setting) {
        Shape shape = new Shape();
        if (type instanceof ParameterizedType several && several.getRawType() == List.class) {
            shape.item = of(several.getActualTypeArguments()[0], setting);
        } else if (type instanceof ParameterizedType several) {
            shape.named = of(several.getActualTypeArguments()[1], setting);
        } else if (type != ConfigValue.class && type != Item.class) {
            return of((Class<?>) type);
        } else if (setting.value() == Kind.COUNT) {
            shape.range = Values.count(setting.from(), setting.to());
        }
        shape.kind = setting.value();
        shape.standard = setting.standard();
        shape.absent = setting.absent();
        return shape;
    }

    /** Returns the key of a mapping's method, as SmallRye Config derives it. */
    public static String key(Method method) {
        return StringUtil.skewer(method.getName());
    }

    /** Returns the kind of value; of a list, that of its items. */
    Kind kind() {
        return kind;
    }

    /** Returns the default as it would be written; empty for none. */
    String standard() {
        return standard;
    }

    /** Returns the default in words; empty for none. */
    String absent() {
        return absent;
    }

    boolean isList() {
        return item != null;
    }

    boolean isMapping() {
        return item == null && (named != null || !children.isEmpty());
    }

    /** Returns the keys of a mapping; empty when users choose them. */
    Set<String> keys() {
        return children.keySet();
    }

    /** Returns whether the keys of this mapping are names that users choose. */
    boolean hasNames() {
        return named != null;
    }

    /** Returns the shape of a key; null for an unknown key. */
    @Nullable Shape child(String key) {
        return named == null ? children.get(key) : named;
    }

    /**
     * Returns the nearest place of a misplaced key, such as {@code upstreams.*.retry}; null without one. Prefers the
     * least deep.
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

    /** Returns the shape of a list's items; null if this is not a list. */
    @Nullable Shape item() {
        return item;
    }

    String expected() {
        return isList() ? "a list" : isMapping() ? "a mapping" : "a single value";
    }

    /** Returns the parser of numbers in the declared range. */
    Function<String, Integer> range() {
        if (range == null) {
            throw new IllegalStateException("not declared as a number");
        }
        return range;
    }
}
