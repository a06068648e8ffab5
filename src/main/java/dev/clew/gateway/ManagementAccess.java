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

/** Makes the guard of the management port as the settings ask for it, and has its token follow the file. */
@Singleton
public class ManagementAccess {

    /** Of the handler by which Quarkus allows every origin, which it says nowhere else. */
    private static final String ANY_ORIGIN = "CorsHandler";

    private final @Nullable TokenFile token;
    private final ManagementGuard guard;

    ManagementAccess(
            ConfigDirectory directory,
            @ConfigProperty(name = "clew.management.token-file") Optional<String> tokenFile,
            @ConfigProperty(name = "clew.management.hosts") Optional<List<String>> hosts) {
        this.token = tokenFile
                .filter(file -> !file.isBlank())
                .map(file -> new TokenFile(directory.path(file)))
                .orElse(null);
        this.guard = new ManagementGuard(new AllowedHosts(hosts.orElse(List.of())), token);
    }

    /** In front of all routes that answer. */
    void mountOn(Router router) {
        // It would answer preflight requests of any page before they come to the guard.
        router.getRoutes().stream()
                .filter(route -> route.toString().contains(ANY_ORIGIN))
                .forEach(Route::remove);
        router.route().order(Integer.MIN_VALUE).handler(guard);
    }

    /** Has the token follow its file. */
    void check() {
        if (token != null) {
            token.check();
        }
    }
}
