package dev.clew.gateway;

import java.util.Set;
import java.util.TreeSet;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jspecify.annotations.Nullable;

/**
 * Settings from the first source that has them: environment, system properties or {@code application.properties}, but
 * not the defaults of Quarkus's own mappings, whose ordinals are negative. Read from the sources because Config would
 * expand expressions even in raw values, and a dollar sign in a header's value must not prevent the start.
 */
final class TelemetryVariables {

    /** The ordinal of {@code application.properties}; values fixed by the build have the highest. */
    private static final int BUILT_IN_ORDINAL = 250;

    private TelemetryVariables() {}

    /** Returns null when no source has it. */
    static @Nullable String value(String name) {
        for (ConfigSource source : ConfigProvider.getConfig().getConfigSources()) {
            String value = source.getOrdinal() < 0 ? null : source.getValue(name);
            if (value != null) {
                return value;
            }
        }
        return null;
    }

    /** Returns the names in all sources but those of the build, sorted. */
    static Set<String> names() {
        Set<String> names = new TreeSet<>();
        for (ConfigSource source : ConfigProvider.getConfig().getConfigSources()) {
            int ordinal = source.getOrdinal();
            if (ordinal > BUILT_IN_ORDINAL && ordinal < Integer.MAX_VALUE) {
                names.addAll(source.getPropertyNames());
            }
        }
        return names;
    }
}
