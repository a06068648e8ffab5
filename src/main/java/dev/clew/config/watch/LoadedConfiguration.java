package dev.clew.config.watch;

import dev.clew.config.gateway.GatewaySettings;
import dev.clew.tenant.Problem;
import dev.clew.tenant.Snapshot;
import dev.clew.tenant.TenantId;
import java.util.List;

/**
 * The content of the configuration files.
 *
 * @param settings of the last valid gateway file
 * @param snapshot the tenants that can be served; possibly none
 * @param problems current problems of the files, by file name
 * @param onLastGoodState tenants served by the previous content of their files, since the current one is invalid
 * @param leftOut files whose tenant is not served, since neither current nor previous content is valid
 * @param sources the files in force
 */
public record LoadedConfiguration(
        GatewaySettings settings,
        Snapshot snapshot,
        List<Problem> problems,
        List<TenantId> onLastGoodState,
        List<String> leftOut,
        Sources sources) {

    public LoadedConfiguration {
        problems = List.copyOf(problems);
        onLastGoodState = List.copyOf(onLastGoodState);
        leftOut = List.copyOf(leftOut);
    }
}
