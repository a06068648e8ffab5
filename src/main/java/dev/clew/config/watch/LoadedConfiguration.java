package dev.clew.config.watch;

import dev.clew.config.gateway.GatewaySettings;
import dev.clew.tenant.Problem;
import dev.clew.tenant.Snapshot;
import dev.clew.tenant.TenantId;
import java.util.List;

/**
 * The content of the configuration files.
 *
 * @param settings of the gateway's own file, when that could last be used
 * @param snapshot the tenants that can be served; there may be none
 * @param problems what is wrong with the files now, in the order of their names
 * @param onLastGoodState tenants that are served as their files were before, since what these say now cannot be used
 * @param leftOut the files whose tenants are not served, since what these say cannot be used and could not before
 */
public record LoadedConfiguration(
        GatewaySettings settings,
        Snapshot snapshot,
        List<Problem> problems,
        List<TenantId> onLastGoodState,
        List<String> leftOut) {

    public LoadedConfiguration {
        problems = List.copyOf(problems);
        onLastGoodState = List.copyOf(onLastGoodState);
        leftOut = List.copyOf(leftOut);
    }
}
