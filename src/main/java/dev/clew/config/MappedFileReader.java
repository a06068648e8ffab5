package dev.clew.config;

import io.smallrye.config.ConfigMappings.ConfigClass;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;

/**
 * Reads a YAML file into a SmallRye Config mapping.
 *
 * <p>Each file is a configuration of its own: one source, no interceptors, no discovery. So one tenant's file cannot
 * reach into another's, and ten thousand are read in seconds.
 */
final class MappedFileReader<T> {

    private final Class<T> type;
    private final ConfigClass mapping;
    private final Shape shape;
    private final Function<String, @Nullable String> environment;

    MappedFileReader(Class<T> type, Function<String, @Nullable String> environment) {
        this.type = type;
        this.mapping = ConfigClass.configClass(type);
        this.shape = Shape.of(mapping);
        this.environment = environment;
    }

    /**
     * The mapping of what could be read, which in an empty file is nothing; null when the file is no YAML. Either way the
     * findings tell what was wrong.
     */
    @Nullable T read(byte[] content, Findings findings) {
        MappingNode root = YamlText.compose(content, findings);
        if (root == null && !findings.areTolerable()) {
            return null;
        }
        Map<String, String> written = root == null ? Map.of() : YamlFlattening.flatten(root, shape, findings);
        Map<String, String> values = Placeholders.expand(written, environment, findings);
        findings.kept(values.keySet());
        Map<String, String> properties = new HashMap<>();
        values.forEach((key, value) -> properties.put(mapping.getPrefix() + "." + key, value));
        return new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(properties, findings.file()))
                .withMapping(mapping)
                .withValidateUnknown(false)
                .build()
                .getConfigMapping(type);
    }
}
