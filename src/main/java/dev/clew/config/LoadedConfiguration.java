package dev.clew.config;

import dev.clew.tenant.Problem;
import dev.clew.tenant.Snapshot;
import java.util.List;

/**
 * What the configuration files say.
 *
 * @param snapshot the tenants that can be served; there may be none
 * @param problems what was wrong with the others, in the order of their files
 */
public record LoadedConfiguration(GatewaySettings settings, Snapshot snapshot, List<Problem> problems) {

    public LoadedConfiguration {
        problems = List.copyOf(problems);
    }
}
