package dev.clew.upstream;

import dev.clew.exchange.Exchange;
import dev.clew.tenant.upstream.Balancing;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Chooses among addresses that do not change; a change makes another balancer. */
abstract class Balancer {

    /**
     * The address for an attempt.
     *
     * @param before where the attempt before failed; avoided where there is another one
     */
    abstract Target choose(Exchange exchange, @Nullable Target before);

    /**
     * A balancer for a policy.
     *
     * @param targets at least one
     * @param turn shared with the balancers before and after
     * @param warming whether any of the targets is to get less than its share
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

    /** Each target as often as its weight says, and as evenly as may be: no burst on a heavy one. */
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
        // The usual case keeps the order of the file.
        return schedule.length == targets.length ? Arrays.copyOf(targets, targets.length) : schedule;
    }

    private static int gcd(int a, int b) {
        return a == 0 ? b : gcd(b % a, a);
    }
}
