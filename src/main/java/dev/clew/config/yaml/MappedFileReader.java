package dev.clew.config.yaml;

import io.smallrye.config.ConfigMappings.ConfigClass;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;

/**
 * Reads a YAML file into a SmallRye Config mapping.
 *
 * <p>Each file is a configuration of its own: one source, no interceptors, no discovery. So no tenant's file can affect
 * another's, and ten thousand are read in seconds.
 */
public final class MappedFileReader<T> {

    private final ConfigClass mapping;
    private final Class<T> type;
    private final Shape shape;
    private final Function<String, @Nullable String> environment;

    /** @param shape of the type */
    public MappedFileReader(Class<T> type, Shape shape, Function<String, @Nullable String> environment) {
        this.type = type;
        // Without a prefix, so that the name of a value is its key in the file.
        this.mapping = ConfigClass.configClass(type, "");
        this.shape = shape;
        this.environment = environment;
    }

    /**
     * Returns the mapping of the valid part, which is empty for an empty file; null when the file is not YAML. Reports
     * all problems.
     */
    public @Nullable T read(byte[] content, Findings findings) {
        Map<String, String> values = values(shape, content, environment, findings);
        return values == null
                ? null
                : new SmallRyeConfigBuilder()
                        .withSources(new PropertiesConfigSource(values, findings.file()))
                        .withMapping(mapping)
                        .withValidateUnknown(false)
                        .build()
                        .getConfigMapping(type, "");
    }

    /**
     * Returns the valid values by key, with references replaced; null when the file is not YAML. Reports all problems.
     */
    public static @Nullable Map<String, String> values(
            Shape shape, byte[] content, Function<String, @Nullable String> environment, Findings findings) {
        MappingNode root = YamlText.compose(content, findings);
        if (root == null && !findings.areTolerable()) {
            return null;
        }
        Map<String, String> written = root == null ? Map.of() : YamlFlattening.flatten(root, shape, findings);
        return Placeholders.expand(written, environment, findings);
    }
}
