package dev.clew.gateway;

import java.util.Set;
import java.util.TreeSet;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jspecify.annotations.Nullable;

/**
 * Settings as they stand in the first source that has them: environment, system property or
 * {@code application.properties}. Config itself would expand expressions first, even for the raw value, and a dollar
 * sign in a header's value must not end start-up.
 */
final class TelemetryVariables {

    private TelemetryVariables() {}

    /** Null when no source has it. */
    static @Nullable String value(String name) {
        for (ConfigSource source : ConfigProvider.getConfig().getConfigSources()) {
            String value = source.getValue(name);
            if (value != null) {
                return value;
            }
        }
        return null;
    }

    /** Of all sources, in a steady order. */
    static Set<String> names() {
        Set<String> names = new TreeSet<>();
        for (ConfigSource source : ConfigProvider.getConfig().getConfigSources()) {
            names.addAll(source.getPropertyNames());
        }
        return names;
    }
}
