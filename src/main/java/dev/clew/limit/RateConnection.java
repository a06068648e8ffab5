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
import org.jspecify.annotations.Nullable;

/**
 * One event loop's connection to Redis, on which questions follow each other without waiting for answers, and whether it is worth
 * waiting for. After a failure no request waits until a question that none waits for has been answered in time.
 */
final class RateConnection {

    private static final long PAUSE_NANOS = Duration.ofSeconds(1).toNanos();

    private final Redis redis;
    private final String replica;
    private final long waitNanos;
    private final RateHealth health;
    /** Atomic, because its end is told on the connection's own event loop. */
    private final AtomicReference<@Nullable RedisConnection> connection = new AtomicReference<>();

    private @Nullable Future<RedisConnection> connecting;
    private boolean broken;
    private long tryAgainNanos;

    /** @param replica the name by which this replica makes itself known */
    RateConnection(Redis redis, String replica, long waitNanos, RateHealth health) {
        this.redis = redis;
        this.replica = replica;
        this.waitNanos = waitNanos;
        this.health = health;
    }

    boolean isTrusted() {
        return !broken;
    }

    /** Asks for a request that does not wait, now and then. */
    void probe(TenantEntry tenant) {
        long now = System.nanoTime();
        if (now - tryAgainNanos < 0) {
            return;
        }
        tryAgainNanos = now + PAUSE_NANOS;
        ask(tenant).onComplete(answer -> {
            boolean inTime = System.nanoTime() - now <= waitNanos;
            if (broken && inTime && answer.succeeded()) {
                broken = false;
                health.recovered();
            }
        });
    }

    /** Completes on the caller's event loop, in time or not. */
    Future<Long> ask(TenantEntry tenant) {
        RedisConnection open = connection.get();
        try {
            return open != null ? ask(open, tenant) : connect().compose(opened -> ask(opened, tenant));
        } catch (RuntimeException e) {
            // Whatever the client's library throws, it is not the request's fault.
            return Future.failedFuture(e);
        }
    }

    private Future<Long> ask(RedisConnection over, TenantEntry entry) {
        String id = entry.tenant().id().value();
        RequestRate rate = entry.share().limits().rate();
        ReplicaShare share = entry.share().replicaShare();
        String name = share.claimAnnouncement(System.nanoTime()) ? replica : null;
        return over.send(RateScript.byHash(id, rate, name))
                .recover(failure -> RateScript.isUnknown(failure)
                        ? over.send(RateScript.byText(id, rate, name))
                        : Future.failedFuture(failure))
                .map(response -> name == null ? response.toLong() : read(response, share))
                .onFailure(failure -> drop(over));
    }

    private Long read(Response response, ReplicaShare share) {
        int replicas = Objects.requireNonNull(response.get(1).toInteger(), "no number of replicas");
        share.seen(replicas);
        health.seen(replicas);
        return Objects.requireNonNull(response.get(0).toLong(), "no answer");
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
            opened.exceptionHandler(failure -> drop(opened));
        }
    }

    /** The next question gets another one, which after a failover may lead elsewhere. */
    private void drop(RedisConnection used) {
        if (connection.compareAndSet(used, null)) {
            used.close();
        }
    }

    void count(Outcome outcome) {
        health.count(outcome);
    }

    void timedOut() {
        health.count(Outcome.LATE);
        breakOff("no answer in time");
    }

    void failed(Throwable cause) {
        health.count(Outcome.FAILED);
        breakOff(reason(cause));
    }

    private void breakOff(String reason) {
        tryAgainNanos = System.nanoTime() + PAUSE_NANOS;
        if (!broken) {
            broken = true;
            health.broken(reason);
        }
    }

    /** Redis's errors begin with a code in capitals and may go on with what was sent, a password among it. */
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
