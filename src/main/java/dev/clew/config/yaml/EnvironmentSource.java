package dev.clew.config.yaml;

import java.util.Set;
import java.util.function.Function;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jspecify.annotations.Nullable;

/**
 * The environment variables, for {@code ${NAME}} only. With SmallRye's own source, a variable such as {@code
 * CLEW_TENANT_SUSPENDED} would override the key in every tenant's file.
 */
final class EnvironmentSource implements ConfigSource {

    private final Function<String, @Nullable String> environment;

    EnvironmentSource(Function<String, @Nullable String> environment) {
        this.environment = environment;
    }

    @Override
    public Set<String> getPropertyNames() {
        return Set.of();
    }

    @Override
    public @Nullable String getValue(String name) {
        String value = environment.apply(name);
        // Escaped, since a password may contain a dollar sign and must not be expanded again.
        return value == null ? null : value.replace("$", "\\$");
    }

    @Override
    public String getName() {
        return "environment";
    }
}
