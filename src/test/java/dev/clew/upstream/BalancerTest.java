package dev.clew.upstream;

import static dev.clew.upstream.ExampleTargets.target;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.tenant.upstream.Balancing;
import dev.clew.tenant.upstream.Ejection;
import dev.clew.tenant.upstream.RetryPolicy.BackOff;
import dev.clew.tenant.upstream.RetryPolicy.Budget;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BalancerTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Test
    void scheduleSpreadsAHeavyTargetEvenly() {
        Target heavy = target("heavy", 50);
        Target light = target("light", 10);

        List<Target> schedule = Arrays.asList(Balancer.schedule(new Target[] {heavy, light}));

        assertEquals(6, schedule.size());
        assertEquals(5, Collections.frequency(schedule, heavy));
    }

    @Test
    void retryAvoidsTheFailedAddressUnderEveryPolicy() {
        Target[] both = {target("a", 1), target("b", 1)};
        for (Balancing.Policy policy : List.of(new Balancing.RoundRobin(), new Balancing.LeastRequests())) {
            Balancer balancer =
                    Balancer.of(new Balancing(policy, List.of(), Duration.ZERO), both, new AtomicInteger(), false);
            for (int i = 0; i < 100; i++) {
                assertNotSame(both[0], balancer.choose(null, both[0]));
            }
        }
    }

    @Test
    void addressInSlowStartGetsASmallShareUnderEveryPolicy() {
        Target cold = target("cold", 1);
        Target warm = target("warm", 1);
        cold.health().warmUp(System.nanoTime());
        Target[] both = {cold, warm};
        // Slow start lasts an hour, its initial share six minutes.
        Balancing balancing = new Balancing(new Balancing.RoundRobin(), List.of(), Duration.ofHours(1));
        Balancer balancer = Balancer.of(balancing, both, new AtomicInteger(), true);
        long colds = Stream.generate(() -> balancer.choose(null, null))
                .limit(10_000)
                .filter(cold::equals)
                .count();
        assertTrue(colds > 300 && colds < 2_000, "of 10000 requests " + colds);

        Balancer least = new LeastRequests(both, Duration.ofHours(1));
        for (int i = 0; i < 100; i++) {
            assertEquals(warm, least.choose(null, null));
        }
    }

    @Test
    void shareGrowsUntilSlowStartEnds() {
        EndpointHealth health = new EndpointHealth();
        assertEquals(1, health.share(0, MINUTE));
        health.warmUp(0);
        assertEquals(0.1, health.share(0, MINUTE));
        assertEquals(0.5, health.share(MINUTE.toNanos() / 2, MINUTE));
        assertTrue(health.continueWarmUp(MINUTE.toNanos() - 1, MINUTE));
        assertFalse(health.continueWarmUp(MINUTE.toNanos(), MINUTE));
        assertEquals(1, health.share(MINUTE.toNanos(), MINUTE));
    }

    @Test
    void healthChangesAfterConsecutiveChecksOnly() {
        EndpointHealth health = new EndpointHealth();
        assertFalse(health.checked(false, 2, 3));
        assertFalse(health.checked(false, 2, 3));
        assertFalse(health.checked(true, 2, 3), "not consecutive");
        assertFalse(health.checked(false, 2, 3));
        assertFalse(health.checked(false, 2, 3));
        assertTrue(health.checked(false, 2, 3));
        assertFalse(health.isAvailable());
        assertFalse(health.checked(true, 2, 3));
        assertTrue(health.checked(true, 2, 3));
        assertTrue(health.isAvailable());
    }

    @Test
    void repeatedEjectionsAreCounted() {
        EndpointHealth health = new EndpointHealth();
        assertEquals(0, health.eject(0, MINUTE));
        health.restore(10);
        assertEquals(1, health.eject(20, MINUTE));
        health.restore(30);
        assertEquals(0, health.eject(31 + MINUTE.toNanos(), MINUTE));
    }

    @Test
    void ejectionTimeDoublesUpToTheMaximum() {
        Ejection ejection = new Ejection(1, false, Duration.ofSeconds(30), Duration.ofMinutes(5), 1);
        assertEquals(Duration.ofSeconds(30), ejection.time(0));
        assertEquals(Duration.ofMinutes(2), ejection.time(2));
        assertEquals(Duration.ofMinutes(5), ejection.time(4));
        assertEquals(Duration.ofMinutes(5), ejection.time(1000));
    }

    @Test
    void backOffDoublesUpToTheMaximum() {
        BackOff backOff = new BackOff(Duration.ofMillis(25), Duration.ofMillis(250));
        double nearlyOne = Math.nextDown(1.0);
        assertEquals(0, backOff.millis(3, 0));
        assertEquals(25, backOff.millis(1, nearlyOne));
        assertEquals(100, backOff.millis(3, nearlyOne));
        assertEquals(250, backOff.millis(9, nearlyOne));
    }

    @Test
    void budgetIsAShareOfTheRequestsWithAFloor() {
        RetryBudget budget = new RetryBudget(new Budget(0.2, 1));
        assertTrue(budget.tryBegin(0));
        assertFalse(budget.tryBegin(9));
        assertTrue(budget.tryBegin(10));
        assertEquals(2, budget.active());
        budget.end();
        assertTrue(budget.tryBegin(10));
        assertFalse(budget.tryBegin(10));
    }
}
