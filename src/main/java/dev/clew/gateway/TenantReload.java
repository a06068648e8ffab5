package dev.clew.gateway;

import dev.clew.config.watch.LiveConfiguration;
import dev.clew.config.watch.LoadedConfiguration;
import dev.clew.export.Exports;
import dev.clew.export.sdk.InternalSpans;
import dev.clew.export.settings.SettingProblem;
import dev.clew.tenant.Problem;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;

/**
 * Reloads tenants, and what they share, without a restart: re-reads changed files, prepares their resources, puts the
 * snapshot in force, and releases the previous one once no request uses it. Confined to one thread.
 */
@Singleton
public class TenantReload {

    private static final AttributeKey<List<String>> REJECTED = AttributeKey.stringArrayKey("clew.config.rejected");

    private final LiveConfiguration configuration;
    private final SnapshotChange change;
    private final Exports exports;
    private final ConfigStatus status;
    private final InternalSpans spans;

    TenantReload(
            LiveConfiguration configuration,
            SnapshotChange change,
            Exports exports,
            ConfigStatus status,
            InternalSpans spans) {
        this.configuration = configuration;
        this.change = change;
        this.exports = exports;
        this.status = status;
        this.spans = spans;
    }

    void look() {
        configuration.look().ifPresent(this::apply);
        if (change.retire()) {
            followExports();
        }
    }

    private void apply(LoadedConfiguration next) {
        Span span = spans.background("reload configuration", SpanKind.INTERNAL);
        span.setAttribute("clew.config.tenants", next.snapshot().tenants().size());
        span.setAttribute(REJECTED, List.copyOf(next.leftOut()));
        try {
            status.read(change.apply(next.snapshot()), next);
            followExports();
        } catch (RuntimeException | Error failure) {
            InternalSpans.end(span, failure.getClass().getName());
            throw failure;
        }
        InternalSpans.end(span, next.problems().isEmpty() ? null : "configuration-rejected");
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
