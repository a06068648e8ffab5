package dev.clew.config.yaml;

import java.util.Set;
import java.util.function.Function;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jspecify.annotations.Nullable;

/**
 * Environment variables, for {@code ${NAME}} only. SmallRye's own source would also let a variable such as
 * {@code CLEW_TENANT_SUSPENDED} override the key in every tenant's file.
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
        // A password may hold a dollar sign and must not be expanded in its turn.
        return value == null ? null : value.replace("$", "\\$");
    }

    @Override
    public String getName() {
        return "environment";
    }
}
