package dev.clew.upstream;

import dev.clew.tenant.upstream.RetryPolicy.Budget;
import java.util.concurrent.atomic.AtomicInteger;

/** The retries under way at one upstream over all event loops, each from its back-off to its end. */
final class RetryBudget {

    private final Budget budget;
    private final AtomicInteger active = new AtomicInteger();

    RetryBudget(Budget budget) {
        this.budget = budget;
    }

    /** @param requests active at the upstream now */
    boolean tryBegin(int requests) {
        int most = budget.allows(requests);
        int now = active.get();
        while (now < most) {
            if (active.compareAndSet(now, now + 1)) {
                return true;
            }
            now = active.get();
        }
        return false;
    }

    void end() {
        active.decrementAndGet();
    }

    int active() {
        return active.get();
    }
}
