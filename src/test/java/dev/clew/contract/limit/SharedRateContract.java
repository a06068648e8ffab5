package dev.clew.contract.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.contract.client.Call;
import dev.clew.contract.client.Http2Client;
import dev.clew.contract.client.RawClient;
import dev.clew.contract.client.RawResponse;
import dev.clew.contract.world.Contract;
import dev.clew.contract.world.Metrics;
import dev.clew.testing.Await;
import dev.clew.testing.RedisStandIn;
import dev.clew.testing.RedisStandIn.Behaviour;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A rate that replicas share through Redis: Redis's results count, and its absence fails no request. */
abstract class SharedRateContract extends Contract {

    private static final String JOINT = "joint.test";
    private static final String NARROW = "joint-narrow.test";
    private static final String NARROW_KEY = "clew:rate:joint-narrow";
    private static final String JOINT_KEY = "clew:rate:joint";
    private static final int FEW = 20;

    RedisStandIn redis;

    @BeforeEach
    @AfterEach
    void redisResponds() {
        redis.behave(Behaviour.RESPOND);
        Await.until("use of Redis on every event loop", this::isTrusted);
        redis.forget(JOINT_KEY);
    }

    /** Returns whether every event loop uses Redis; each connection may be on another one. */
    private boolean isTrusted() {
        double before = outcome("skipped");
        for (int i = 0; i < FEW; i++) {
            assertEquals(200, send(call("joint-apart.test")).status());
        }
        return outcome("skipped") == before;
    }

    private double outcome(String outcome) {
        return new Metrics(world.managementPort()).sum("clew_shared_rate_requests_total", "outcome=\"" + outcome + '"');
    }

    private static Call call(String host) {
        return Call.get("/any/x").host(host);
    }

    @Test
    void eachRequestIsAskedAboutByTheTenantsIdAlone() {
        int before = redis.keys().size();
        double admitted = outcome("admitted");
        assertEquals(200, send(call(JOINT)).status());
        assertEquals(
                List.of(JOINT_KEY), redis.keys().subList(before, redis.keys().size()));
        assertEquals(admitted + 1, outcome("admitted"));
    }

    @Test
    void whatOtherReplicasHaveUsedIsUsedHereToo() {
        redis.exhaust(JOINT_KEY, 3600);
        double before = outcome("refused");
        RawResponse rejected = send(call(JOINT)).assertProblem(429, "rate-limited");
        assertEquals("1", rejected.one("retry-after"));
        assertEquals("\"gateway\";r=0;t=1", rejected.one("ratelimit"));
        assertEquals(List.of(), trace(rejected.traceId()).clients());
        assertEquals(before + 1, outcome("refused"));
        redis.forget(JOINT_KEY);
        assertEquals(200, send(call(JOINT)).status());
    }

    @Test
    void whatIsLeftIsWhatRedisSays() {
        redis.exhaust(JOINT_KEY, 99);
        // 1000 a second for 99 seconds are used, and this one.
        String left = send(call(JOINT)).one("ratelimit");
        int requests = Integer.parseInt(left.substring(left.indexOf("r=") + 2, left.indexOf(";t")));
        assertTrue(requests >= 999 && requests < 100_000, left);
        redis.forget(JOINT_KEY);
        String more = send(call(JOINT)).one("ratelimit");
        assertTrue(Integer.parseInt(more.substring(more.indexOf("r=") + 2, more.indexOf(";t"))) > 99_000, more);
    }

    @Test
    void theReplicasOwnLimitHoldsWhateverRedisSays() {
        Await.until("rejection", () -> {
            redis.forget(NARROW_KEY);
            return send(call(NARROW)).status() == 429;
        });
        int asked = redis.keys().size();
        RawResponse rejected = send(call(NARROW));
        if (rejected.status() == 429) { // a second may have passed
            assertEquals(asked, redis.keys().size());
        }
    }

    @Test
    void tenantsThatShareNothingNeverAsk() {
        int asked = redis.keys().size();
        assertEquals(200, send(call("own.test")).status());
        assertEquals(200, send(Call.get("/orders/1")).status());
        assertEquals(asked, redis.keys().size());
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "RESPOND")
    void aRedisThatMisbehavesFailsNoRequestAndIsLeftAloneMeanwhile(Behaviour behaviour) {
        redis.exhaust(JOINT_KEY, 3600);
        redis.behave(behaviour);
        double before = outcome("failed") + outcome("late") + outcome("skipped");
        for (int i = 0; i < FEW; i++) {
            assertEquals(200, send(call(JOINT)).status());
        }
        assertEquals(before + FEW, outcome("failed") + outcome("late") + outcome("skipped"));
        assertEquals(200, new Metrics(world.managementPort()).readiness());
        redis.behave(Behaviour.RESPOND);
        redis.exhaust(JOINT_KEY, 3600);
        Await.until("resumed use of Redis", () -> send(call(JOINT)).status() == 429);
        world.assertNoEventLoopBlocked();
    }

    @Test
    void aRedisThatWasRestartedIsConnectedToAndTaughtTheScriptAgain() {
        assertEquals(200, send(call(JOINT)).status());
        redis.restart();
        Await.until("use of Redis on every event loop", this::isTrusted);
        redis.exhaust(JOINT_KEY, 3600);
        send(call(JOINT)).assertProblem(429, "rate-limited");
    }

    @Test
    void aBodyThatComesWhileRedisIsWaitedForArrivesWhole() {
        String body = "0123456789".repeat(100_000);
        String marker = marker();
        redis.behave(Behaviour.HANG);
        int asked = redis.keys().size();
        double late = outcome("late");
        try (RawClient client = connect()) {
            client.send(Call.of("POST", "/any/" + marker)
                    .host(JOINT)
                    .header("Content-Length", Integer.toString(body.length()))
                    .raw(body.substring(0, 10_000)));
            Await.until("command at Redis", () -> redis.keys().size() > asked);
            boolean early =
                    world.echo().seen().stream().anyMatch(seen -> seen.uri().contains(marker));
            assertTrue(!early || outcome("late") > late, "the request did not wait for Redis");
            redis.behave(Behaviour.RESPOND);
            client.send(body.substring(10_000));
            assertEquals(body, client.read().echoed().body());
        }
    }

    @Test
    void soDoesOneThatComesOverHttp2() {
        String body = "0123456789".repeat(1000);
        String marker = marker();
        redis.behave(Behaviour.HANG);
        int asked = redis.keys().size();
        try (Http2Client client = new Http2Client(port())) {
            int stream = client.open(0, ":method POST", ":scheme http", ":authority " + JOINT, ":path /any/" + marker);
            client.data(stream, 0, body.substring(0, 5000));
            Await.until("command at Redis", () -> redis.keys().size() > asked);
            client.data(stream, Http2Client.END_STREAM, body.substring(5000));
            redis.behave(Behaviour.RESPOND);
            RawResponse response = assertInstanceOf(Http2Client.Outcome.Responded.class, client.await(stream))
                    .response();
            assertEquals(body, response.echoed().body());
        }
    }

    @Test
    void aBodyOfARejectedRequestDoesNotBecomeTheNextOne() {
        redis.exhaust(JOINT_KEY, 3600);
        try (RawClient client = connect()) {
            client.send(Call.post("/any/x", "GET /any/smuggled HTTP/1.1\r\nHost: own.test\r\n\r\n")
                    .host(JOINT));
            client.read().assertProblem(429, "rate-limited");
            assertEquals("", client.readToEnd());
        }
        assertTrue(world.echo().seen().stream().noneMatch(seen -> seen.uri().contains("smuggled")));
    }

    @Test
    void aClientThatLeavesWhileRedisIsWaitedForLeavesNothingBehind() {
        String marker = marker();
        redis.behave(Behaviour.HANG);
        int asked = redis.keys().size();
        double late = outcome("late");
        try (RawClient client = connect()) {
            client.send(Call.get("/hand/" + marker).host(JOINT));
            Await.until("command at Redis", () -> redis.keys().size() > asked);
            client.abort();
        }
        new Metrics(world.managementPort()).awaitNoneActive();
        boolean leftInTime = outcome("late") == late;
        redis.behave(Behaviour.RESPOND);
        assertEquals(200, send(call(JOINT)).status());
        assertTrue(!leftInTime || world.hand().count(marker) == 0, "the request was forwarded without its client");
    }

    @Test
    void whatIsSaidOfItHoldsNothingThatRedisSaid() {
        redis.behave(Behaviour.ERROR);
        for (int i = 0; i < FEW; i++) {
            assertEquals(200, send(call(JOINT)).status());
        }
        String log = world.awaitLogged("Redis failed (OOM)");
        assertFalse(log.contains("maxmemory"), log);
        redisResponds();
        world.awaitLogged("Redis recovered");
    }
}
