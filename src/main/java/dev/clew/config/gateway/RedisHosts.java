package dev.clew.config.gateway;

import io.smallrye.config.ConfigSourceInterceptor;
import io.smallrye.config.ConfigSourceInterceptorContext;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.Priorities;
import jakarta.annotation.Priority;
import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Treats an invalid {@code quarkus.redis.hosts} as unset: Quarkus would not start, and would log the value with any
 * password in it. The gateway runs without Redis, and logs that if a tenant needs it.
 */
@Priority(Priorities.APPLICATION)
public final class RedisHosts implements ConfigSourceInterceptor {

    private static final long serialVersionUID = 1L;
    private static final String NAME = "quarkus.redis.hosts";

    @Override
    public @Nullable ConfigValue getValue(ConfigSourceInterceptorContext context, String name) {
        ConfigValue value = context.proceed(name);
        return value != null && name.equals(NAME) && !areValid(value.getValue()) ? null : value;
    }

    /** Returns whether each of the hosts, separated by commas, is valid. */
    static boolean areValid(@Nullable String hosts) {
        if (hosts == null) {
            return true;
        }
        for (String host : hosts.split(",", -1)) {
            if (!isValid(host.strip())) {
                return false;
            }
        }
        return true;
    }

    private static boolean isValid(String host) {
        try {
            URI uri = new URI(host);
            String scheme = uri.getScheme() == null ? "" : uri.getScheme();
            return switch (scheme) {
                case "redis", "rediss" -> uri.getHost() != null;
                case "unix" -> uri.getPath() != null;
                default -> false;
            };
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
