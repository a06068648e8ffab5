package dev.clew.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.tenant.TenantEntry;
import dev.clew.testing.ExampleTenants;
import dev.clew.testing.LogLines;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.impl.types.MultiType;
import io.vertx.redis.client.impl.types.NumberType;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RateConnectionTest {

    private static final long WAIT = Duration.ofMillis(50).toNanos();
    private static final long PAUSE = Duration.ofSeconds(1).toNanos();
    private static final RuntimeException NO_SCRIPT = new IllegalStateException("NOSCRIPT No matching script.");

    private final TenantEntry tenant = TenantEntry.of(ExampleTenants.tenant("acme", "acme.test"));
    private final LogLines log = new LogLines(SharedRates.class);
    private final List<Command> commands = new ArrayList<>();
    private final Deque<Future<Response>> responses = new ArrayDeque<>();
    private final Deque<Promise<RedisConnection>> connections = new ArrayDeque<>();
    private int closed;
    private long now;

    private final RateConnection rates =
            new RateConnection(redis(), "replica", WAIT, new RateHealth(new SimpleMeterRegistry()), () -> now);

    @AfterEach
    void close() {
        log.close();
    }

    private Redis redis() {
        return stub(Redis.class, call -> {
            assertEquals("connect", call.name());
            connections.add(Promise.promise());
            return connections.getLast().future();
        });
    }

    private record Called(String name, Object[] arguments) {}

    private static <T> T stub(Class<T> type, Function<Called, Object> results) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, given) -> switch (method.getName()) {
                    case "equals" -> proxy == given[0];
                    case "hashCode" -> 0;
                    default -> results.apply(new Called(method.getName(), given));
                }));
    }

    private void connect() {
        connections.getLast().complete(stub(RedisConnection.class, call -> switch (call.name()) {
            case "send" -> {
                commands.add(((Request) call.arguments()[0]).command());
                yield responses.remove();
            }
            case "close" -> {
                closed++;
                yield Future.succeededFuture();
            }
            default -> null;
        }));
    }

    /** Returns the response to a check that registers this replica: the first one, and another after two seconds. */
    private static Response registered(int replicas, long result) {
        MultiType both = MultiType.create(2, false);
        both.add(NumberType.create(result));
        both.add(NumberType.create((long) replicas));
        return both;
    }

    private void connectAndCheck() {
        Future<Long> check = rates.check(tenant);
        responses.add(Future.succeededFuture(registered(1, 7)));
        connect();
        assertEquals(7, check.result());
    }

    @Test
    void opensOneConnectionForChecksThatArriveMeanwhile() {
        Future<Long> first = rates.check(tenant);
        Future<Long> second = rates.check(tenant);
        assertEquals(1, connections.size());

        responses.add(Future.succeededFuture(registered(2, 5)));
        responses.add(Future.succeededFuture(NumberType.create(6L)));
        connect();
        assertEquals(List.of(5L, 6L), List.of(first.result(), second.result()));
        assertEquals(List.of(Command.EVALSHA, Command.EVALSHA), commands);
    }

    @Test
    void sendsTheScriptIfRedisDoesNotKnowIt() {
        Future<Long> check = rates.check(tenant);
        responses.add(Future.failedFuture(NO_SCRIPT));
        responses.add(Future.succeededFuture(registered(1, 7)));
        connect();
        assertEquals(7, check.result());
        assertEquals(List.of(Command.EVALSHA, Command.EVAL), commands);
        assertEquals(0, closed);
    }

    @Test
    void replacesAConnectionThatFailed() {
        connectAndCheck();
        responses.add(Future.failedFuture(new IOException("reset")));
        assertTrue(rates.check(tenant).failed());
        assertEquals(1, closed);

        rates.check(tenant);
        assertEquals(2, connections.size());
    }

    @Test
    void triesToConnectAgainAfterAFailure() {
        Future<Long> check = rates.check(tenant);
        connections.getLast().fail(new IOException("refused"));
        assertTrue(check.failed());
        rates.check(tenant);
        assertEquals(2, connections.size());
    }

    @Test
    void probesOncePerPauseWhileBroken() {
        connectAndCheck();
        rates.timedOut();
        assertFalse(rates.isHealthy());
        rates.probe(tenant);
        now = PAUSE - 1;
        rates.probe(tenant);
        assertEquals(1, commands.size(), "no probe within the pause");

        now = PAUSE;
        responses.add(Future.failedFuture(new IOException("reset")));
        rates.probe(tenant);
        rates.probe(tenant);
        assertEquals(2, commands.size());
        assertFalse(rates.isHealthy());
    }

    @Test
    void replacesAConnectionWithoutAResponseToTheProbe() {
        connectAndCheck();
        rates.timedOut();
        now = PAUSE;
        responses.add(Promise.<Response>promise().future());
        rates.probe(tenant);
        assertEquals(0, closed);

        now = 2 * PAUSE;
        rates.probe(tenant);
        assertEquals(1, closed);
        responses.add(Future.succeededFuture(registered(1, 7)));
        connect();
        assertTrue(rates.isHealthy());
    }

    @Test
    void recoversOnlyByAProbeThatSucceedsInTime() {
        connectAndCheck();
        rates.timedOut();
        probe(WAIT + 1, NumberType.create(1L));
        assertFalse(rates.isHealthy());
        probe(WAIT, registered(1, 1));
        assertTrue(rates.isHealthy());
        assertEquals(1, log.with("recovered").size());
    }

    private void probe(long responseNanos, Response with) {
        now += PAUSE;
        Promise<Response> response = Promise.promise();
        responses.add(response.future());
        rates.probe(tenant);
        now += responseNanos;
        response.complete(with);
    }

    @ParameterizedTest
    @CsvSource({
        "WRONGPASS secret, WRONGPASS",
        "LOADING, LOADING",
        "NO_AUTH required, NO_AUTH",
        "A secret, IOException",
        "Secret sent, IOException",
        "ERRsecret, IOException",
        "'', IOException",
    })
    void logsOnlyTheCodeOfAnError(String message, String logged) {
        rates.failed(new IOException(message));
        rates.failed(new IOException(message));
        assertEquals(1, log.with("Redis failed (" + logged + ")").size());
    }
}
