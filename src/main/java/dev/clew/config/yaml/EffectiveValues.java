package dev.clew.config.yaml;

import dev.clew.config.yaml.Setting.Kind;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The values of a file, those that it leaves to defaults included, each with its place. Values that may be secret are
 * not shown: those of the environment, and those of kinds that hold free text.
 */
public final class EffectiveValues {

    /** Shown in place of a value that may be secret. */
    public static final String HIDDEN = "***";

    /** Kinds of values that may hold anything: header fields, bodies, digests of keys. */
    private static final Set<Kind> HIDDEN_KINDS = EnumSet.of(Kind.TEXT, Kind.DIGEST);

    /** Lists of sections, of which only the written part is shown. */
    private static final String ITEM = "[";

    private static final String UPSTREAMS = "upstreams";

    private final Layer own;
    private final @Nullable Layer defaults;
    private final List<Value> found = new ArrayList<>();

    private EffectiveValues(Layer own, @Nullable Layer defaults) {
        this.own = own;
        this.defaults = defaults;
    }

    /** The origin of a value. */
    public enum Origin {
        FILE,
        TENANT_DEFAULTS,
        BUILT_IN
    }

    /**
     * One value.
     *
     * @param text null for none; then {@code absent} has its meaning in words
     * @param file empty for a built-in value
     * @param line 0 for a built-in value
     */
    public record Value(
            String key, @Nullable String text, @Nullable String absent, Origin origin, String file, int line) {}

    /** One file as read: what it has, and where. */
    private record Layer(Map<String, String> values, Findings findings, String prefix, Origin origin) {

        static @Nullable Layer of(
                SourceText text,
                Shape shape,
                String prefix,
                Origin origin,
                Function<String, @Nullable String> environment) {
            Findings findings = new Findings(text.file());
            Map<String, String> values = MappedFileReader.values(shape, text.content(), environment, findings);
            return values == null ? null : new Layer(values, findings, prefix, origin);
        }
    }

    /**
     * Returns the values of a tenant's file, by key in the order of the reference.
     *
     * @param defaults the file of the defaults, with its shape, and the key that they are below
     */
    public static List<Value> of(
            SourceText text,
            Shape shape,
            Optional<SourceText> defaults,
            Shape shapeOfDefaults,
            String prefix,
            Function<String, @Nullable String> environment) {
        Layer own = Layer.of(text, shape, "", Origin.FILE, environment);
        if (own == null) {
            return List.of();
        }
        Layer below = defaults.map(file -> Layer.of(file, shapeOfDefaults, prefix, Origin.TENANT_DEFAULTS, environment))
                .orElse(null);
        EffectiveValues values = new EffectiveValues(own, below);
        values.visit(shape, "", "");
        return values.found;
    }

    /** @param standard the key among the defaults, which have upstreams' settings without a name; null for none */
    private void visit(Shape shape, String key, @Nullable String standard) {
        if (shape.isList()) {
            visitList(shape, key, standard);
        } else if (shape.hasNames()) {
            for (String name : names(key)) {
                visit(named(shape, name), Keys.child(key, name), UPSTREAMS.equals(standard) ? "" : null);
            }
        } else if (shape.isMapping()) {
            for (String name : shape.keys()) {
                String below = standard == null ? null : Keys.child(standard, name);
                visit(named(shape, name), Keys.child(key, name), below);
            }
        } else {
            add(shape, key, standard);
        }
    }

    private static Shape named(Shape shape, String name) {
        Shape child = shape.child(name);
        return child == null ? shape : child;
    }

    private void visitList(Shape shape, String key, @Nullable String standard) {
        Shape item = shape.item();
        int i = 0;
        while (item != null && own.findings.has(Keys.item(key, i))) {
            visit(item, Keys.item(key, i), null);
            i++;
        }
        if (i > 0) {
            return;
        }
        Layer below = defaults;
        int j = 0;
        while (below != null && standard != null && addFrom(below, shape, Keys.item(key, j), Keys.item(standard, j))) {
            j++;
        }
        if (j == 0) {
            addBuiltIn(shape, key);
        }
    }

    private void add(Shape shape, String key, @Nullable String standard) {
        Layer below = defaults;
        if (!addFrom(own, shape, key, key)
                && (below == null || standard == null || !addFrom(below, shape, key, standard))) {
            addBuiltIn(shape, key);
        }
    }

    private boolean addFrom(Layer layer, Shape shape, String key, String keyThere) {
        String place = layer.prefix.isEmpty() ? keyThere : layer.prefix + '.' + keyThere;
        String text = layer.values.get(place);
        if (text == null) {
            return false;
        }
        found.add(new Value(
                key,
                shown(shape, place, text, layer.findings),
                null,
                layer.origin,
                layer.findings.file(),
                layer.findings.line(place)));
        return true;
    }

    private static String shown(Shape shape, String place, String text, Findings findings) {
        if (findings.isSecret(place) || HIDDEN_KINDS.contains(shape.kind())) {
            return HIDDEN;
        }
        // As in messages: without what URLs have before a host and behind a path.
        int query = text.indexOf('?');
        int user = text.lastIndexOf('@');
        String host = shape.kind() == Kind.URL && user >= 0 ? HIDDEN + text.substring(user) : text;
        return shape.kind() == Kind.URL && query >= 0 ? host.substring(0, host.indexOf('?') + 1) + HIDDEN : host;
    }

    private void addBuiltIn(Shape shape, String key) {
        boolean written = key.contains(ITEM);
        if (!written && !(shape.standard().isEmpty() && shape.absent().isEmpty())) {
            found.add(new Value(key, orNull(shape.standard()), orNull(shape.absent()), Origin.BUILT_IN, "", 0));
        }
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }

    /** Returns the names of a mapping that its author chose. */
    private Set<String> names(String key) {
        Set<String> names = new TreeSet<>();
        String before = key + '.';
        for (String place : own.findings.places()) {
            if (place.startsWith(before)) {
                names.add(firstSegment(place.substring(before.length())));
            }
        }
        return names;
    }

    private static String firstSegment(String rest) {
        if (rest.startsWith("\"")) {
            return rest.substring(1, Math.max(1, rest.indexOf('"', 1)));
        }
        int end = 0;
        while (end < rest.length() && rest.charAt(end) != '.' && rest.charAt(end) != '[') {
            end++;
        }
        return rest.substring(0, end);
    }
}
