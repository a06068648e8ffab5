package dev.clew.gateway;

import dev.clew.config.watch.LiveConfiguration;
import dev.clew.config.watch.LoadedConfiguration;
import dev.clew.export.Exports;
import dev.clew.export.settings.SettingProblem;
import dev.clew.tenant.Problem;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;

/**
 * Reloads tenants, and what they share, without a restart: re-reads changed files, prepares their resources, puts the
 * snapshot in force, and releases the previous one once no request uses it. Confined to one thread.
 */
@Singleton
public class TenantReload {

    private final LiveConfiguration configuration;
    private final SnapshotChange change;
    private final Exports exports;
    private final ConfigStatus status;

    TenantReload(LiveConfiguration configuration, SnapshotChange change, Exports exports, ConfigStatus status) {
        this.configuration = configuration;
        this.change = change;
        this.exports = exports;
        this.status = status;
    }

    void look() {
        configuration.look().ifPresent(this::apply);
        if (change.retire()) {
            followExports();
        }
    }

    private void apply(LoadedConfiguration next) {
        status.read(change.apply(next.snapshot()), next);
        followExports();
    }

    private void followExports() {
        Set<List<String>> used = change.destinations();
        used.add(status.started().settings().tenantDefaults().tracing().exportTo());
        exports.follow(used, telemetryProblems(status.current()));
    }

    static List<SettingProblem> telemetryProblems(LoadedConfiguration configuration) {
        return configuration.problems().stream()
                .filter(Problem::tolerated)
                .map(problem -> new SettingProblem(problem.place(), problem.message()))
                .toList();
    }
}
