package dev.clew.limit;

import dev.clew.exchange.Loop;
import dev.clew.exchange.RoutedRequest;
import io.quarkus.arc.InjectableInstance;
import io.vertx.redis.client.Redis;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.LongConsumer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * The rates that all replicas keep to together, in Redis. A request asks for its place there once, after this replica's
 * own bucket has let it pass, and waits for the answer no longer than a bound. Without an answer this replica decides
 * by itself, within the {@linkplain dev.clew.tenant.limit.ReplicaShare share} that the replicas seen last leave it. Nothing
 * is connected to before a tenant asks for it.
 */
@Singleton
public final class SharedRates {

    private final @Nullable Redis redis;
    /** Another for each start: one that is gone counts until its time is over. */
    private final String replica = UUID.randomUUID().toString();

    private final long waitNanos;
    private final RateHealth health;
    private final ConcurrentMap<Integer, RateConnection> links = new ConcurrentHashMap<>();

    /** @param wait how long a request waits for Redis, from 1 ms */
    SharedRates(
            InjectableInstance<Redis> redis,
            RateHealth health,
            @ConfigProperty(name = "clew.shared-rate.wait", defaultValue = "50ms") Duration wait) {
        if (wait.toMillis() < 1) {
            throw new IllegalArgumentException("clew.shared-rate.wait: " + wait + " (expected: 1ms or more)");
        }
        List<Redis> configured = redis.listActive();
        this.redis = configured.isEmpty() ? null : configured.get(0);
        this.waitNanos = wait.toNanos();
        this.health = health;
    }

    /**
     * Asks about a request whose tenant shares its rate. To be called on the request's event loop.
     *
     * @param decision gets {@link RateScript}'s answer, or {@link RateScript#NO_RESPONSE}, on that event loop, and within this call
     *     where nothing is to be waited for; never when the client goes away before
     */
    public void ask(RoutedRequest request, LongConsumer decision) {
        if (redis == null) {
            health.notConfigured();
            decision.accept(RateScript.NO_RESPONSE);
            return;
        }
        RateConnection link = link(redis, request.exchange().loop());
        if (link.isTrusted()) {
            new PendingRateCheck(request, link, decision).ask(waitNanos);
            return;
        }
        health.count(RateHealth.Outcome.SKIPPED);
        link.probe(request.tenant());
        decision.accept(RateScript.NO_RESPONSE);
    }

    private RateConnection link(Redis client, Loop loop) {
        RateConnection known = links.get(loop.index());
        return known != null
                ? known
                : links.computeIfAbsent(loop.index(), first -> new RateConnection(client, replica, waitNanos, health));
    }
}
