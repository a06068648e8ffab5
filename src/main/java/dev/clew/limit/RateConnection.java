package dev.clew.limit;

import dev.clew.limit.RateHealth.Outcome;
import dev.clew.tenant.TenantEntry;
import dev.clew.tenant.limit.ReplicaShare;
import dev.clew.tenant.limit.RequestRate;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One event loop's pipelined connection to Redis, with its health. After a failure no request waits for Redis until a
 * probe has succeeded in time.
 */
final class RateConnection {

    private static final long PAUSE_NANOS = Duration.ofSeconds(1).toNanos();

    private final Redis redis;
    private final String replica;
    private final long waitNanos;
    private final RateHealth health;
    private final LongSupplier nanoTime;
    /** Atomic, because its end is reported on the connection's own event loop. */
    private final AtomicReference<@Nullable RedisConnection> connection = new AtomicReference<>();

    private @Nullable Future<RedisConnection> connecting;
    private @Nullable Future<Long> probe;
    private boolean broken;
    private long nextProbeNanos;

    /**
     * @param replica name under which this replica registers itself
     * @param nanoTime a clock with the semantics of {@link System#nanoTime}
     */
    RateConnection(Redis redis, String replica, long waitNanos, RateHealth health, LongSupplier nanoTime) {
        this.redis = redis;
        this.replica = replica;
        this.waitNanos = waitNanos;
        this.health = health;
        this.nanoTime = nanoTime;
    }

    boolean isHealthy() {
        return !broken;
    }

    /**
     * Sends a request's rate check without making it wait, as a probe; at most once per interval. Replaces a connection
     * on which the previous probe has no response: TCP would take minutes to notice that the server is gone.
     */
    void probe(TenantEntry tenant) {
        long now = nanoTime.getAsLong();
        if (now - nextProbeNanos < 0) {
            return;
        }
        nextProbeNanos = now + PAUSE_NANOS;
        RedisConnection silent = probe == null || probe.isComplete() ? null : connection.get();
        if (silent != null) {
            discard(silent);
        }
        probe = check(tenant);
        probe.onComplete(result -> {
            boolean inTime = nanoTime.getAsLong() - now <= waitNanos;
            if (broken && inTime && result.succeeded()) {
                broken = false;
                health.recovered();
            }
        });
    }

    /** Returns a future that completes on the caller's event loop, without a timeout. */
    Future<Long> check(TenantEntry tenant) {
        RedisConnection open = connection.get();
        try {
            return open != null ? check(open, tenant) : connect().compose(opened -> check(opened, tenant));
        } catch (RuntimeException e) {
            // An exception of the client library must not fail the request.
            return Future.failedFuture(e);
        }
    }

    private Future<Long> check(RedisConnection over, TenantEntry entry) {
        String id = entry.tenant().id().value();
        RequestRate rate = entry.share().limits().rate();
        ReplicaShare share = entry.share().replicaShare();
        String name = share.claimAnnouncement(nanoTime.getAsLong()) ? replica : null;
        return over.send(RateScript.byHash(id, rate, name))
                .recover(failure -> RateScript.isUnknown(failure)
                        ? over.send(RateScript.byText(id, rate, name))
                        : Future.failedFuture(failure))
                .map(response -> name == null ? response.toLong() : read(response, share))
                .onFailure(failure -> discard(over));
    }

    private Long read(Response response, ReplicaShare share) {
        int replicas = Objects.requireNonNull(response.get(1).toInteger(), "no number of replicas");
        share.setReplicas(replicas);
        health.seen(replicas);
        return Objects.requireNonNull(response.get(0).toLong(), "no result");
    }

    private Future<RedisConnection> connect() {
        Future<RedisConnection> underWay = connecting;
        if (underWay == null) {
            underWay = redis.connect();
            connecting = underWay;
            underWay.onComplete(this::connected);
        }
        return underWay;
    }

    private void connected(AsyncResult<RedisConnection> result) {
        connecting = null;
        if (result.succeeded()) {
            RedisConnection opened = result.result();
            connection.set(opened);
            opened.endHandler(end -> connection.compareAndSet(opened, null));
            opened.exceptionHandler(failure -> discard(opened));
        }
    }

    /**
     * Discards the connection. The next check opens another one, which after a failover may reach a different server.
     */
    private void discard(RedisConnection used) {
        if (connection.compareAndSet(used, null)) {
            used.close();
        }
    }

    void count(Outcome outcome) {
        health.count(outcome);
    }

    void timedOut() {
        health.count(Outcome.LATE);
        markBroken("timeout");
    }

    void failed(Throwable cause) {
        health.count(Outcome.FAILED);
        markBroken(reason(cause));
    }

    private void markBroken(String reason) {
        nextProbeNanos = nanoTime.getAsLong() + PAUSE_NANOS;
        if (!broken) {
            broken = true;
            health.broken(reason);
        }
    }

    /**
     * Returns the error code, in capitals. The rest of a Redis error may repeat what was sent, including a password.
     */
    private static String reason(Throwable cause) {
        String message = cause.getMessage() == null ? "" : cause.getMessage();
        int end = 0;
        while (end < message.length() && isOfCode(message.charAt(end))) {
            end++;
        }
        boolean isCode = end > 1 && (end == message.length() || message.charAt(end) == ' ');
        return isCode ? message.substring(0, end) : cause.getClass().getSimpleName();
    }

    private static boolean isOfCode(char c) {
        return c >= 'A' && c <= 'Z' || c == '_';
    }
}
