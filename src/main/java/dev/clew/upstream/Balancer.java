package dev.clew.upstream;

import dev.clew.exchange.Exchange;
import dev.clew.tenant.upstream.Balancing;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Load balancing over an immutable set of addresses; each change of the set creates a new balancer. */
abstract class Balancer {

    /**
     * Returns the address for an attempt.
     *
     * @param before the address of the previous, failed attempt; avoided if there is another
     */
    abstract Target choose(Exchange exchange, @Nullable Target before);

    /**
     * Creates the balancer for a policy.
     *
     * @param targets at least one
     * @param turn round-robin position, shared with previous and subsequent balancers
     * @param warming whether any of the targets is in slow start
     */
    static Balancer of(Balancing balancing, Target[] targets, AtomicInteger turn, boolean warming) {
        RoundRobin inTurn = new RoundRobin(schedule(targets), turn, warming ? balancing.slowStart() : null);
        if (targets.length == 1 || balancing.policy() instanceof Balancing.RoundRobin) {
            return inTurn;
        }
        return balancing.policy() instanceof Balancing.Hash hash
                ? new Rendezvous(targets, hash.key(), balancing.slowStart(), inTurn)
                : new LeastRequests(targets, balancing.slowStart());
    }

    /** Returns a schedule with each target in proportion to its weight, interleaved evenly to avoid bursts. */
    static Target[] schedule(Target[] targets) {
        int divisor = 0;
        int sum = 0;
        for (Target target : targets) {
            divisor = gcd(divisor, target.weight());
            sum += target.weight();
        }
        Target[] schedule = new Target[sum / divisor];
        int[] due = new int[targets.length];
        for (int slot = 0; slot < schedule.length; slot++) {
            int next = 0;
            for (int i = 0; i < targets.length; i++) {
                due[i] += targets[i].weight();
                next = due[i] > due[next] ? i : next;
            }
            due[next] -= sum;
            schedule[slot] = targets[next];
        }
        // Equal weights, the usual case, keep the order of the file.
        return schedule.length == targets.length ? Arrays.copyOf(targets, targets.length) : schedule;
    }

    private static int gcd(int a, int b) {
        return a == 0 ? b : gcd(b % a, a);
    }
}
