package dev.clew.upstream;

import dev.clew.tenant.upstream.RetryPolicy.Budget;
import java.util.concurrent.atomic.AtomicInteger;

/** The retries under way at one upstream over all event loops, each from its back-off to its end. */
final class RetryBudget {

    private final Budget budget;
    private final AtomicInteger underWay = new AtomicInteger();

    RetryBudget(Budget budget) {
        this.budget = budget;
    }

    /** @param requests active at the upstream now */
    boolean tryBegin(int requests) {
        int most = budget.allows(requests);
        int now = underWay.get();
        while (now < most) {
            if (underWay.compareAndSet(now, now + 1)) {
                return true;
            }
            now = underWay.get();
        }
        return false;
    }

    void end() {
        underWay.decrementAndGet();
    }

    int underWay() {
        return underWay.get();
    }
}
