package dev.clew.limit;

import dev.clew.exchange.Loop;
import dev.clew.exchange.RoutedRequest;
import dev.clew.export.sdk.InternalSpans;
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
 * Rates shared by all replicas through Redis. A request that this replica's own bucket admits sends one check, and
 * waits a bounded time for the response. Without one this replica decides alone, within the
 * {@linkplain dev.clew.tenant.limit.ReplicaShare share} that the number of replicas last seen leaves it. Connects only
 * once a tenant shares its rate.
 */
@Singleton
public final class SharedRates {

    private final @Nullable Redis redis;
    /** New for each start; the old name counts until its registration expires. */
    private final String replica = UUID.randomUUID().toString();

    private final long waitNanos;
    private final RateHealth health;
    private final InternalSpans spans;
    private final ConcurrentMap<Integer, RateConnection> connections = new ConcurrentHashMap<>();

    /** @param wait maximum time that a request waits for Redis, at least 1 ms */
    SharedRates(
            InjectableInstance<Redis> redis,
            RateHealth health,
            InternalSpans spans,
            @ConfigProperty(name = "clew.shared-rate.wait", defaultValue = "50ms") Duration wait) {
        if (wait.toMillis() < 1) {
            throw new IllegalArgumentException("clew.shared-rate.wait: " + wait + " (expected: 1ms or more)");
        }
        List<Redis> configured = redis.listActive();
        this.redis = configured.isEmpty() ? null : configured.get(0);
        this.waitNanos = wait.toNanos();
        this.health = health;
        this.spans = spans;
    }

    /**
     * Checks a request whose tenant shares its rate. Called on the request's event loop.
     *
     * @param decision receives {@link RateScript}'s result, or {@link RateScript#NO_RESPONSE}, on that event loop,
     *     within this call if there is nothing to wait for; never after a client disconnect
     */
    public void check(RoutedRequest request, LongConsumer decision) {
        if (redis == null) {
            health.notConfigured();
            decision.accept(RateScript.NO_RESPONSE);
            return;
        }
        RateConnection connection = connection(redis, request.exchange().loop());
        if (connection.isHealthy()) {
            new PendingRateCheck(request, connection, spans, decision).begin(waitNanos);
            return;
        }
        health.count(RateHealth.Outcome.SKIPPED);
        connection.probe(request.tenant());
        decision.accept(RateScript.NO_RESPONSE);
    }

    private RateConnection connection(Redis client, Loop loop) {
        RateConnection known = connections.get(loop.index());
        return known != null
                ? known
                : connections.computeIfAbsent(
                        loop.index(),
                        first -> new RateConnection(client, replica, waitNanos, health, System::nanoTime));
    }
}
