package dev.clew.gateway;

import dev.clew.auth.TokenVerifiers;
import dev.clew.config.watch.LoadedConfiguration;
import dev.clew.tenant.Problem;
import dev.clew.tenant.Snapshot;
import dev.clew.tenant.TenantEntry;
import dev.clew.tenant.TenantId;
import dev.clew.upstream.UpstreamPools;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** The configuration in force and its problems, as log lines, metrics and JSON. */
@Singleton
public class ConfigStatus {

    private static final Logger LOG = Logger.getLogger("dev.clew");
    private static final int MAX_NAMES = 10;

    private final LoadedConfiguration started;
    private final TokenVerifiers verifiers;
    private final UpstreamPools pools;
    private final ListenerCustomizer listenerCustomizer;
    private final ConnectionStatus connections;
    private final AtomicLong applied = new AtomicLong();
    private volatile LoadedConfiguration current;
    private volatile Instant appliedAt = Instant.now();
    private List<String> needRestart = List.of();

    ConfigStatus(
            LoadedConfiguration started,
            TokenVerifiers verifiers,
            UpstreamPools pools,
            ListenerCustomizer listenerCustomizer,
            ConnectionStatus connections,
            MeterRegistry meters) {
        this.started = started;
        this.verifiers = verifiers;
        this.pools = pools;
        this.listenerCustomizer = listenerCustomizer;
        this.connections = connections;
        this.current = started;
        FunctionCounter.builder("clew.config.applied", applied, AtomicLong::get)
                .description("Changes of tenants that took effect since the start")
                .register(meters);
        Gauge.builder("clew.config.problems", () -> current.problems().size())
                .description("Problems in the configuration files")
                .register(meters);
        Gauge.builder("clew.config.last.applied", () -> appliedAt.getEpochSecond())
                .description("When the tenants in force took effect, in seconds since 1970")
                .baseUnit("seconds")
                .register(meters);
    }

    LoadedConfiguration started() {
        return started;
    }

    LoadedConfiguration current() {
        return current;
    }

    /** Returns when the tenants in force took effect. */
    Instant appliedAt() {
        return appliedAt;
    }

    /** Returns the settings in the files that need a restart. */
    List<String> neededRestart() {
        return needRestart(current);
    }

    /** Reports a reload: logs new problems and, when the snapshot changed, the tenants that changed. */
    void read(Snapshot before, LoadedConfiguration next) {
        Set<Problem> reported = Set.copyOf(current.problems());
        next.problems().stream().filter(problem -> !reported.contains(problem)).forEach(LOG::warn);
        if (!reported.isEmpty() && next.problems().isEmpty()) {
            LOG.info("the configuration's files have no problems any more");
        }
        logUnusable(next);
        logNeededRestart(next);
        current = next;
        if (!next.snapshot().equals(before)) {
            applied.incrementAndGet();
            appliedAt = Instant.now();
            LOG.infof("serving %d tenants: %s", next.snapshot().tenants().size(), changes(before, next.snapshot()));
        }
    }

    /** Logs the consequences of new problems for tenants. */
    private void logUnusable(LoadedConfiguration next) {
        if (!next.onLastGoodState().equals(current.onLastGoodState())) {
            warn("served by their last valid files", next.onLastGoodState(), TenantId::value);
        }
        if (!next.leftOut().equals(current.leftOut())) {
            warn("not served, as these files have mistakes", next.leftOut(), file -> file);
        }
    }

    private static <T> void warn(String what, List<T> whom, Function<T, String> name) {
        if (!whom.isEmpty()) {
            LOG.warnf("%s: %s", what, names(whom, name));
        }
    }

    private void logNeededRestart(LoadedConfiguration next) {
        List<String> keys = needRestart(next);
        if (!keys.equals(needRestart) && !keys.isEmpty()) {
            LOG.warnf("settings that need a restart: %s", String.join(", ", keys));
        }
        needRestart = keys;
    }

    /**
     * Returns the settings that need a restart; a single key represents the certificates of all tenants, which need one
     * listener.
     */
    private List<String> needRestart(LoadedConfiguration shown) {
        List<String> keys = new ArrayList<>(shown.settings().needsRestartAfter(started.settings()));
        if (listenerCustomizer.needsRestart(shown.snapshot())) {
            keys.add("tenants/*: tls.certificate");
        }
        return keys;
    }

    /** Describes the tenants that differ between two snapshots. */
    static String changes(Snapshot before, Snapshot now) {
        List<String> parts = new ArrayList<>();
        name("added", now, id -> before.tenant(id) == null, parts);
        name("changed", now, id -> before.tenant(id) != null && before.tenant(id) != now.tenant(id), parts);
        name("removed", before, id -> now.tenant(id) == null, parts);
        return String.join("; ", parts);
    }

    private static void name(String what, Snapshot among, Predicate<TenantId> chosen, List<String> parts) {
        List<TenantId> ids = among.tenants().stream()
                .map(TenantEntry::tenant)
                .map(tenant -> tenant.id())
                .filter(chosen)
                .toList();
        if (!ids.isEmpty()) {
            parts.add(what + " " + names(ids, TenantId::value));
        }
    }

    private static <T> String names(List<T> all, Function<T, String> name) {
        String first = all.stream().limit(MAX_NAMES).map(name).collect(Collectors.joining(", "));
        int more = all.size() - MAX_NAMES;
        return more > 0 ? first + " and " + more + " more" : first;
    }

    /** Returns the current state. Contains no setting's value except in the messages of problems. */
    String json() {
        LoadedConfiguration shown = current;
        JsonArray problems = new JsonArray();
        for (Problem problem : shown.problems()) {
            problems.add(new JsonObject()
                    .put("file", problem.file())
                    .put("line", problem.line() == 0 ? null : problem.line())
                    .put("key", problem.key().isEmpty() ? null : problem.key())
                    .put("message", problem.message()));
        }
        JsonArray kept = new JsonArray();
        shown.onLastGoodState().forEach(tenant -> kept.add(tenant.value()));
        return new JsonObject()
                .put("applied", appliedAt.toString())
                .put("tenants", shown.snapshot().tenants().size())
                .put("onLastGoodState", kept)
                .put("leftOut", new JsonArray(shown.leftOut()))
                .put("needsRestart", new JsonArray(needRestart(shown)))
                .put("problems", problems)
                .put("keySetsFailing", verifiers.failing(shown.snapshot()))
                .put("connections", connections.json())
                .put("circuitsNotClosed", new JsonArray(pools.failing(shown.snapshot())))
                .encodePrettily();
    }
}
