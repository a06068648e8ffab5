package dev.clew.kubernetes;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.representer.Representer;

/**
 * Sorts manifests, in the {@linkplain ServerForm form of the server}, by their content: the extension writes labels,
 * volumes and objects in varying order. Lists whose order matters stay unchanged.
 */
final class SteadyYaml {

    private static final List<String> FIRST = List.of("apiVersion", "kind", "metadata", "name");
    private static final List<String> UNORDERED = List.of("volumes", "volumeMounts");
    private static final Comparator<String> KEYS = Comparator.<String>comparingInt(
                    key -> FIRST.contains(key) ? FIRST.indexOf(key) : FIRST.size())
            .thenComparing(Comparator.naturalOrder());

    private SteadyYaml() {}

    static String of(String manifests) {
        List<Object> read = new ArrayList<>();
        new Yaml(new SafeConstructor(new LoaderOptions())).loadAll(manifests).forEach(read::add);
        List<Object> documents = new ArrayList<>();
        ServerForm.of(read).forEach(document -> documents.add(sorted(document)));
        documents.sort(Comparator.comparing(document -> text(document, "kind"))
                .thenComparing(document -> text(((Map<?, ?>) document).get("metadata"), "name")));
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        options.setExplicitStart(true);
        options.setIndicatorIndent(2);
        options.setIndentWithIndicator(true);
        // The width keeps each value on one line.
        options.setWidth(Integer.MAX_VALUE);
        return new Yaml(new Representer(options), options).dumpAll(documents.iterator());
    }

    private static String text(Object object, String key) {
        return String.valueOf(((Map<?, ?>) object).get(key));
    }

    private static Object sorted(Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> sorted = new TreeMap<>(KEYS);
            map.forEach((key, entry) -> sorted.put(
                    (String) key, UNORDERED.contains(key) ? byName((List<?>) sorted(entry)) : sorted(entry)));
            return sorted;
        }
        return value instanceof List<?> list
                ? list.stream().map(SteadyYaml::sorted).toList()
                : value;
    }

    private static List<?> byName(List<?> list) {
        return list.stream()
                .sorted(Comparator.comparing(entry -> text(entry, "name")))
                .toList();
    }
}
