package dev.clew.gateway;

import dev.clew.auth.TokenVerifiers;
import dev.clew.config.LiveConfiguration;
import dev.clew.config.LoadedConfiguration;
import dev.clew.export.Exports;
import dev.clew.export.settings.SettingProblem;
import dev.clew.observe.Telemetry;
import dev.clew.tenant.Problem;
import dev.clew.tenant.Snapshot;
import dev.clew.tenant.TenantEntry;
import dev.clew.tenant.Tenants;
import dev.clew.upstream.UpstreamPools;
import jakarta.inject.Singleton;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Lets changes of tenants, and of what holds for all of them, take effect without a restart: has what has changed read again,
 * makes ready for it, puts it in force at once, and lets go of what was before when no request uses it any more. Used by one
 * thread.
 */
@Singleton
public class TenantReload {

    private final LiveConfiguration configuration;
    private final UpstreamPools pools;
    private final TokenVerifiers verifiers;
    private final Telemetry telemetry;
    private final FrontTls frontTls;
    private final Tenants tenants;
    private final Exports exports;
    private final ConfigStatus status;
    private final Overload overload;

    TenantReload(
            LiveConfiguration configuration,
            UpstreamPools pools,
            TokenVerifiers verifiers,
            Telemetry telemetry,
            FrontTls frontTls,
            Tenants tenants,
            Exports exports,
            ConfigStatus status,
            Overload overload) {
        this.configuration = configuration;
        this.pools = pools;
        this.verifiers = verifiers;
        this.telemetry = telemetry;
        this.frontTls = frontTls;
        this.tenants = tenants;
        this.exports = exports;
        this.status = status;
        this.overload = overload;
    }

    void look() {
        configuration.look().ifPresent(this::apply);
        if (tenants.retire()) {
            pools.retain(tenants.live());
            verifiers.retain(tenants.live());
            telemetry.retain(tenants.live());
            followExports();
        }
    }

    private void apply(LoadedConfiguration next) {
        Snapshot before = tenants.current();
        if (!next.snapshot().equals(before)) {
            pools.prepare(next.snapshot());
            verifiers.prepare(next.snapshot());
            telemetry.prepare(next.snapshot());
            frontTls.apply(next.snapshot());
            tenants.apply(next.snapshot());
            overload.show(next.snapshot());
        }
        status.read(before, next);
        followExports();
    }

    private void followExports() {
        Set<List<String>> used = new HashSet<>();
        used.add(status.started().settings().tenantDefaults().tracing().exportTo());
        for (Snapshot snapshot : tenants.live()) {
            for (TenantEntry entry : snapshot.tenants()) {
                used.add(entry.tenant().tracing().exportTo());
            }
        }
        exports.follow(used, telemetryProblems(status.current()));
    }

    static List<SettingProblem> telemetryProblems(LoadedConfiguration configuration) {
        return configuration.problems().stream()
                .filter(Problem::tolerated)
                .map(problem -> new SettingProblem(problem.place(), problem.message()))
                .toList();
    }
}
