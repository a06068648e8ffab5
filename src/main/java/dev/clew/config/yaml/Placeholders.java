package dev.clew.config.yaml;

import io.smallrye.config.ConfigValue;
import io.smallrye.config.ExpressionConfigSourceInterceptor;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Replaces {@code ${NAME}} and {@code ${NAME:default}} by environment variables. */
final class Placeholders {

    private Placeholders() {}

    /** Returns the expanded values; reports and omits those that cannot be expanded. */
    static Map<String, String> expand(
            Map<String, String> values, Function<String, @Nullable String> environment, Findings findings) {
        Map<String, String> unexpanded = new HashMap<>();
        values.forEach((key, value) -> {
            if (value.contains("${")) {
                unexpanded.put(key, value);
            }
        });
        if (unexpanded.isEmpty()) {
            return values;
        }
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .withSources(
                        new PropertiesConfigSource(unexpanded, findings.file()), new EnvironmentSource(environment))
                .withInterceptors(new ExpressionConfigSourceInterceptor())
                .build();
        Map<String, String> expanded = new HashMap<>(values);
        unexpanded.forEach((key, value) -> {
            String text = expand(config, key);
            if (text == null) {
                expanded.remove(key);
                findings.problem(
                        key,
                        findings.shown(key, value)
                                + " (expected: a variable that is set, or a default as in ${NAME:default})");
            } else {
                expanded.put(key, text);
                findings.keepSecret(key);
            }
        });
        return expanded;
    }

    private static @Nullable String expand(SmallRyeConfig config, String key) {
        try {
            ConfigValue value = config.getConfigValue(key);
            return value.hasProblems()
                            || value.getValue() == null
                            || value.getValue().isBlank()
                    ? null
                    : value.getValue();
        } catch (RuntimeException rejected) {
            // SmallRye rejects expressions in many ways: syntax, depth, an unknown secret handler.
            return null;
        }
    }
}
