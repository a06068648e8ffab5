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
 * Makes a {@code quarkus.redis.hosts} that cannot be read one that is not set: Quarkus would not start, and would quote
 * it, with the password that it may hold. The gateway does without Redis instead, and says so when a tenant asks for
 * it.
 */
@Priority(Priorities.APPLICATION)
public final class RedisHosts implements ConfigSourceInterceptor {

    private static final long serialVersionUID = 1L;
    private static final String NAME = "quarkus.redis.hosts";

    @Override
    public @Nullable ConfigValue getValue(ConfigSourceInterceptorContext context, String name) {
        ConfigValue value = context.proceed(name);
        return value != null && name.equals(NAME) && !areReadable(value.getValue()) ? null : value;
    }

    /** One or several, separated by commas. */
    static boolean areReadable(@Nullable String hosts) {
        if (hosts == null) {
            return true;
        }
        for (String host : hosts.split(",", -1)) {
            if (!isReadable(host.strip())) {
                return false;
            }
        }
        return true;
    }

    private static boolean isReadable(String host) {
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
