package dev.clew.config.yaml;

import dev.clew.config.yaml.Findings.Place;
import dev.clew.grammar.ResourceName;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Traverses a file's YAML along its expected shape and collects single values by key. Reports and omits the rest, so
 * that the whole file is checked.
 *
 * <p>Scalars are kept as written: {@code no} is a valid host name and {@code 1.10} keeps its zero.
 */
final class YamlFlattening {

    /** The tags of plain YAML; any other requests the construction of an object. */
    private static final Set<Tag> PLAIN =
            Set.of(Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.NULL, Tag.TIMESTAMP, Tag.MERGE, Tag.SEQ, Tag.MAP);

    private final Shape root;
    private final Findings findings;
    private final Map<String, String> values = new LinkedHashMap<>();

    private YamlFlattening(Shape root, Findings findings) {
        this.root = root;
        this.findings = findings;
    }

    static Map<String, String> flatten(Node root, Shape shape, Findings findings) {
        YamlFlattening flattening = new YamlFlattening(shape, findings);
        flattening.visit(root, shape, "");
        return flattening.values;
    }

    private void visit(Node node, Shape shape, String key) {
        if (!PLAIN.contains(node.getTag())) {
            findings.problem(key, "a YAML tag (expected: a value without one)");
        } else if (node.getTag().equals(Tag.NULL)) {
            findings.problem(key, "empty (expected: " + shape.expected() + ")");
        } else if (node instanceof MappingNode mapping && shape.isMapping()) {
            visitMapping(mapping, shape, key);
        } else if (node instanceof SequenceNode sequence && shape.isList()) {
            visitList(sequence, shape.item(), key);
        } else if (node instanceof ScalarNode scalar && !shape.isMapping() && !shape.isList()) {
            visitScalar(scalar, key);
        } else {
            findings.problem(key, kind(node) + " (expected: " + shape.expected() + ")");
        }
    }

    private void visitMapping(MappingNode mapping, Shape shape, String key) {
        if (mapping.getValue().isEmpty()) {
            findings.problem(key, "empty (expected: a mapping)");
        }
        Map<String, Integer> seen = new HashMap<>();
        for (NodeTuple entry : mapping.getValue()) {
            Place place = Place.of(entry.getKeyNode().getStartMark());
            if (!(entry.getKeyNode() instanceof ScalarNode name)) {
                findings.problem(place, key, "a key that is a list or a mapping (expected: a plain key)");
                continue;
            }
            String child = Keys.child(key, Findings.printable(name.getValue()));
            Integer first = seen.putIfAbsent(name.getValue(), place.line());
            if (first == null) {
                visitEntry(name.getValue(), child, place, entry.getValueNode(), shape);
            } else {
                findings.problem(place, child, "given twice (expected: once; first on line " + first + ")");
            }
        }
    }

    private void visitEntry(String name, String key, Place place, Node value, Shape shape) {
        Shape child = shape.child(name);
        if (child == null) {
            findings.problem(place, key, "unknown key (" + hint(name, shape) + ")");
        } else if (shape.hasNames() && !ResourceName.isValid(name)) {
            findings.problem(place, key, "not a name (expected: " + ResourceName.EXPECTED + ")");
        } else {
            findings.found(key, place, child);
            visit(value, child, key);
        }
    }

    private String hint(String name, Shape shape) {
        String hint = NearestName.hint(name, shape.keys());
        String elsewhere = root.placeOf(name);
        return elsewhere == null || hint.startsWith("did") ? hint : "it stands at " + elsewhere + "; " + hint;
    }

    private void visitList(SequenceNode sequence, @Nullable Shape item, String key) {
        List<Node> nodes = sequence.getValue();
        if (nodes.isEmpty()) {
            findings.problem(key, "empty (expected: at least one item)");
        }
        for (int i = 0; i < nodes.size() && item != null; i++) {
            String child = Keys.item(key, i);
            findings.found(child, Place.of(nodes.get(i).getStartMark()), item);
            visit(nodes.get(i), item, child);
        }
    }

    private void visitScalar(ScalarNode scalar, String key) {
        if (scalar.getValue().isBlank()) {
            findings.problem(key, "empty (expected: a single value)");
        } else {
            values.put(key, scalar.getValue());
        }
    }

    static String kind(Node node) {
        return node instanceof MappingNode ? "a mapping" : node instanceof SequenceNode ? "a list" : "a single value";
    }
}
