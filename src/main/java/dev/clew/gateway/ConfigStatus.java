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

/**
 * What is in force of the configuration's files, and what is wrong with them, for people: in the log, in metrics, as
 * JSON.
 */
@Singleton
public class ConfigStatus {

    private static final Logger LOG = Logger.getLogger("dev.clew");
    private static final int MOST_NAMES = 10;

    private final LoadedConfiguration started;
    private final TokenVerifiers verifiers;
    private final UpstreamPools pools;
    private final FrontTls frontTls;
    private final ConnectionStatus connections;
    private final AtomicLong applied = new AtomicLong();
    private volatile LoadedConfiguration current;
    private volatile Instant appliedAt = Instant.now();
    private List<String> needRestart = List.of();

    ConfigStatus(
            LoadedConfiguration started,
            TokenVerifiers verifiers,
            UpstreamPools pools,
            FrontTls frontTls,
            ConnectionStatus connections,
            MeterRegistry meters) {
        this.started = started;
        this.verifiers = verifiers;
        this.pools = pools;
        this.frontTls = frontTls;
        this.connections = connections;
        this.current = started;
        FunctionCounter.builder("clew.config.applied", applied, AtomicLong::get)
                .description("Changes of tenants that took effect since the start")
                .register(meters);
        Gauge.builder("clew.config.problems", () -> current.problems().size())
                .description("Things wrong with the files of gateway and tenants")
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

    /** The files were read again, and what could be is in force. */
    void read(Snapshot before, LoadedConfiguration next) {
        Set<Problem> told = Set.copyOf(current.problems());
        next.problems().stream().filter(problem -> !told.contains(problem)).forEach(LOG::warn);
        if (!told.isEmpty() && next.problems().isEmpty()) {
            LOG.info("nothing is wrong with the configuration's files any more");
        }
        tellOfUnusable(next);
        tellOfRestart(next);
        current = next;
        if (!next.snapshot().equals(before)) {
            applied.incrementAndGet();
            appliedAt = Instant.now();
            LOG.infof("serving %d tenants: %s", next.snapshot().tenants().size(), changes(before, next.snapshot()));
        }
    }

    /** What becomes of the mistakes that were just told of. */
    private void tellOfUnusable(LoadedConfiguration next) {
        if (!next.onLastGoodState().equals(current.onLastGoodState())) {
            tell("served as before, since their files have mistakes", next.onLastGoodState(), TenantId::value);
        }
        if (!next.leftOut().equals(current.leftOut())) {
            tell("left out, since these files have mistakes", next.leftOut(), file -> file);
        }
    }

    private static <T> void tell(String what, List<T> whom, Function<T, String> name) {
        if (!whom.isEmpty()) {
            LOG.warnf("%s: %s", what, names(whom, name));
        }
    }

    private void tellOfRestart(LoadedConfiguration next) {
        List<String> keys = needRestart(next);
        if (!keys.equals(needRestart) && !keys.isEmpty()) {
            LOG.warnf("settings that take effect with the next start: %s", String.join(", ", keys));
        }
        needRestart = keys;
    }

    /** The tenants' part is one key for all: what they wait for is one listener. */
    private List<String> needRestart(LoadedConfiguration shown) {
        List<String> keys = new ArrayList<>(shown.settings().needsRestartAfter(started.settings()));
        if (frontTls.needsRestart(shown.snapshot())) {
            keys.add("tenants/*: tls.certificate");
        }
        return keys;
    }

    private static String changes(Snapshot before, Snapshot now) {
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
        String first = all.stream().limit(MOST_NAMES).map(name).collect(Collectors.joining(", "));
        int more = all.size() - MOST_NAMES;
        return more > 0 ? first + " and " + more + " more" : first;
    }

    /** As of now. Holds no value of a setting but what a problem's message tells. */
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
