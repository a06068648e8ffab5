package dev.clew.gateway;

import dev.clew.config.watch.ConfigDirectory;
import dev.clew.management.AllowedHosts;
import dev.clew.management.ManagementGuard;
import dev.clew.management.TokenFile;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** Creates the management port's guard from the settings, and reloads its tokens. */
@Singleton
public class ManagementAccess {

    /** Part of the name of Quarkus's handler that allows every origin; Quarkus has no other way to recognise it. */
    private static final String ANY_ORIGIN = "CorsHandler";

    private final @Nullable TokenFile tokens;
    private final ManagementGuard guard;

    ManagementAccess(
            ConfigDirectory directory,
            @ConfigProperty(name = "clew.management.token-file") Optional<String> tokenFile,
            @ConfigProperty(name = "clew.management.hosts") Optional<List<String>> hosts) {
        this.tokens = tokenFile
                .filter(file -> !file.isBlank())
                .map(file -> new TokenFile(directory.path(file)))
                .orElse(null);
        this.guard = new ManagementGuard(new AllowedHosts(hosts.orElse(List.of())), tokens);
    }

    /** Mounts the guard before all other routes. */
    void mountOn(Router router) {
        // It would respond to any page's preflight requests before the guard.
        router.getRoutes().stream()
                .filter(route -> route.toString().contains(ANY_ORIGIN))
                .forEach(Route::remove);
        router.route().order(Integer.MIN_VALUE).handler(guard);
    }

    /** Reloads the tokens if their file changed. */
    void check() {
        if (tokens != null) {
            tokens.check();
        }
    }
}
