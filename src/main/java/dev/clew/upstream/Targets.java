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
 * The addresses of one upstream: who is there, who is well, and so who is chosen from. Changes are rare, are made one after
 * another, and make another {@link Balancer}.
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

    /** Set while a timer will look whether all have warmed up. */
    private boolean settling;

    /** By their place in the file. */
    private volatile List<List<Target>> byEndpoint;

    private volatile Target[] all;
    private volatile Balancer balancer;

    /**
     * The endpoints as they are written, each one address.
     *
     * @param name in log lines
     * @param control where timers run
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

    /** All there are, well or not. */
    List<Target> all() {
        return List.of(all);
    }

    /** Takes in the addresses that an endpoint's host has, none twice; to find none changes nothing. */
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

    /** Returns whether the latest attempt at each address got no connection. */
    boolean areUnreachable() {
        for (Target target : all) {
            if (!target.health().isUnreachable()) {
                return false;
            }
        }
        return true;
    }

    /** Takes in the result of a check. */
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
                "upstream %s: %s is %s, as its checks say",
                upstream,
                target,
                passed ? "healthy again" : "unhealthy");
    }

    /** Takes in that an attempt failed, for which the address may get no requests from now on for a while. */
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
        LOG.warnf(
                "upstream %s: %s gets no requests for %d ms, since attempts failed", upstream, target, time.toMillis());
        return true;
    }

    private void restore(Target target) {
        target.health().restore(System.nanoTime());
        warmUp(target);
        if (!target.isRetired()) {
            rebuild();
            LOG.infof("upstream %s: %s gets requests again", upstream, target);
        }
    }

    private void warmUp(Target target) {
        if (!selection.balancing().slowStart().isZero()) {
            target.health().warmUp(System.nanoTime());
        }
    }

    /** With none that is well, all are tried: one may be by now, and to fail is no worse than to refuse. */
    private void rebuild() {
        Target[] well = Arrays.stream(all)
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
        balancer = Balancer.of(balancing, well.length == 0 ? all : well, turn, warming);
    }

    private void settle() {
        settling = false;
        rebuild();
    }

    /** Returns the number of an endpoint's addresses that are well. */
    long countAvailable(int endpoint) {
        return byEndpoint.get(endpoint).stream()
                .filter(target -> target.health().isAvailable())
                .count();
    }

    int count(int endpoint) {
        return byEndpoint.get(endpoint).size();
    }

    /** See {@link Target#retire}. */
    void retire() {
        changes.make(() -> {
            for (Target target : all) {
                target.retire();
            }
        });
    }

    /** Ends all connections. */
    void close() {
        for (Target target : all) {
            target.close();
        }
    }
}
