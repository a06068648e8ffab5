package dev.clew.upstream;

import dev.clew.exchange.Exchange;
import dev.clew.tenant.upstream.Balancing;
import dev.clew.tenant.upstream.Ejection;
import dev.clew.tenant.upstream.Endpoint;
import dev.clew.tenant.upstream.HealthCheck;
import dev.clew.tenant.upstream.Selection;
import dev.clew.tenant.upstream.Upstream;
import io.vertx.core.impl.ContextInternal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The addresses of one upstream, their health, and the set requests are balanced over. Changes are rare and serial, and
 * each creates a new {@link Balancer}.
 */
final class Targets {

    private static final Logger LOG = Logger.getLogger(Targets.class);

    private final String upstream;
    private final List<Endpoint> endpoints;
    private final Selection selection;
    private final ClientFactory clients;
    private final ContextInternal control;
    private final AtomicInteger turn = new AtomicInteger();

    private final SerialChanges changes = new SerialChanges();

    /** Set while a timer for the end of slow start is pending. */
    private boolean settling;

    /** In the order of the file. */
    private volatile List<List<Target>> byEndpoint;

    private volatile Target[] all;
    private volatile Balancer balancer;

    /**
     * Creates one address for each endpoint, unresolved.
     *
     * @param name for log lines
     * @param control context of the timers
     */
    Targets(String name, Upstream settings, ClientFactory clients, ContextInternal control) {
        this.upstream = name;
        this.endpoints = settings.endpoints();
        this.selection = settings.selection();
        this.clients = clients;
        this.control = control;
        List<List<Target>> written = new ArrayList<>();
        for (int i = 0; i < endpoints.size(); i++) {
            written.add(List.of(target(i, endpoints.get(i).host())));
        }
        this.byEndpoint = List.copyOf(written);
        this.all = byEndpoint.stream().flatMap(List::stream).toArray(Target[]::new);
        this.balancer = Balancer.of(selection.balancing(), all, turn, false);
    }

    private Target target(int endpoint, String host) {
        return new Target(endpoints.get(endpoint), host, selection.balancing().weight(endpoint), clients);
    }

    Target choose(Exchange exchange, @Nullable Target before) {
        return balancer.choose(exchange, before);
    }

    /** Returns all addresses, available or not. */
    List<Target> all() {
        return List.of(all);
    }

    /** Replaces an endpoint's addresses with the resolved ones, which are distinct; an empty list changes nothing. */
    void resolved(int endpoint, List<String> hosts, Runnable whenSomeAreNew) {
        changes.make(() -> {
            if (replace(endpoint, hosts)) {
                whenSomeAreNew.run();
            }
        });
    }

    private boolean replace(int endpoint, List<String> hosts) {
        List<Target> before = byEndpoint.get(endpoint);
        List<Target> next = new ArrayList<>(before);
        next.removeIf(target -> !hosts.contains(target.host()));
        if (hosts.isEmpty() || (next.size() == before.size() && next.size() == hosts.size())) {
            return false;
        }
        String name = endpoints.get(endpoint).host();
        boolean known = before.stream().noneMatch(target -> target.host().equals(name));
        Set<String> kept = next.stream().map(Target::host).collect(Collectors.toSet());
        for (String host : hosts) {
            if (!kept.contains(host)) {
                Target added = target(endpoint, host);
                next.add(added);
                if (known) {
                    warmUp(added);
                }
            }
        }
        List<List<Target>> replaced = new ArrayList<>(byEndpoint);
        replaced.set(endpoint, List.copyOf(next));
        byEndpoint = List.copyOf(replaced);
        all = byEndpoint.stream().flatMap(List::stream).toArray(Target[]::new);
        rebuild();
        before.stream().filter(target -> !next.contains(target)).forEach(Target::retire);
        LOG.infof("upstream %s: %s has %d addresses", upstream, name, hosts.size());
        return next.size() > kept.size();
    }

    /** Returns whether the latest attempt at every address failed to connect. */
    boolean areUnreachable() {
        for (Target target : all) {
            if (!target.health().isUnreachable()) {
                return false;
            }
        }
        return true;
    }

    /** Records a check's result. */
    void checked(Target target, HealthCheck check, boolean passed, Runnable whenPassedAndHealthy) {
        changes.make(() -> {
            if (target.isRetired()) {
                return;
            }
            if (target.health().checked(passed, check.healthyAfter(), check.unhealthyAfter())) {
                changeHealth(target, passed);
            }
            if (passed && target.health().isHealthy()) {
                whenPassedAndHealthy.run();
            }
        });
    }

    private void changeHealth(Target target, boolean passed) {
        if (passed) {
            warmUp(target);
        }
        rebuild();
        LOG.logf(
                passed ? Logger.Level.INFO : Logger.Level.WARN,
                "upstream %s: %s is %s by its health checks",
                upstream,
                target,
                passed ? "healthy again" : "unhealthy");
    }

    /** Records a failed attempt, which may eject the address. */
    void failed(Target target, Runnable whenEjected) {
        Ejection ejection = selection.ejection();
        if (target.health().countFailure() >= ejection.failures()) {
            changes.make(() -> {
                if (eject(target, ejection)) {
                    whenEjected.run();
                }
            });
        }
    }

    private boolean eject(Target target, Ejection ejection) {
        EndpointHealth health = target.health();
        long ejected =
                Arrays.stream(all).filter(other -> other.health().isEjected()).count();
        if (health.isEjected() || target.isRetired() || ejected + 1 > (long) (ejection.atMost() * all.length)) {
            return false;
        }
        Duration time = ejection.time(health.eject(System.nanoTime(), ejection.longest()));
        control.setTimer(time.toMillis(), over -> changes.make(() -> restore(target)));
        rebuild();
        LOG.warnf("upstream %s: %s is ejected for %d ms after failed attempts", upstream, target, time.toMillis());
        return true;
    }

    private void restore(Target target) {
        target.health().restore(System.nanoTime());
        warmUp(target);
        if (!target.isRetired()) {
            rebuild();
            LOG.infof("upstream %s: %s is no longer ejected", upstream, target);
        }
    }

    private void warmUp(Target target) {
        if (!selection.balancing().slowStart().isZero()) {
            target.health().warmUp(System.nanoTime());
        }
    }

    /**
     * Balances over the available addresses, or over all when there are none: one may have recovered, and a failed
     * attempt is no worse than a rejection.
     */
    private void rebuild() {
        Target[] available = Arrays.stream(all)
                .filter(target -> target.health().isAvailable())
                .toArray(Target[]::new);
        Balancing balancing = selection.balancing();
        long now = System.nanoTime();
        boolean warming = false;
        for (Target target : all) {
            warming |= target.health().continueWarmUp(now, balancing.slowStart());
        }
        if (warming && !settling) {
            settling = true;
            control.setTimer(balancing.slowStart().toMillis() + 1, warm -> changes.make(this::settle));
        }
        balancer = Balancer.of(balancing, available.length == 0 ? all : available, turn, warming);
    }

    private void settle() {
        settling = false;
        rebuild();
    }

    /** Returns the number of an endpoint's available addresses. */
    long countAvailable(int endpoint) {
        return byEndpoint.get(endpoint).stream()
                .filter(target -> target.health().isAvailable())
                .count();
    }

    int count(int endpoint) {
        return byEndpoint.get(endpoint).size();
    }

    /** Retires all addresses, see {@link Target#retire}. */
    void retire() {
        changes.make(() -> {
            for (Target target : all) {
                target.retire();
            }
        });
    }

    /** Closes all connections. */
    void close() {
        for (Target target : all) {
            target.close();
        }
    }
}
