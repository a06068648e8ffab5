package dev.clew.observe;

import dev.clew.exchange.Exchange;
import dev.clew.rate.TokenBucket;
import dev.clew.tenant.TenantEntry;
import dev.clew.tenant.tracing.Keep;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.LongAdder;

/**
 * Enforces each tenant's budget of kept requests: a failing upstream would otherwise fill the export queues with
 * requests that were not sampled.
 */
final class KeepBudgets {

    private final TokenBucket withoutTenant;
    private final LongAdder errors = new LongAdder();
    private final LongAdder slow = new LongAdder();

    /** @param withoutTenant settings for requests without a tenant */
    KeepBudgets(Keep withoutTenant, MeterRegistry meters) {
        this.withoutTenant = withoutTenant.budget();
        register(errors, RequestOutcome.KEPT_ERROR, meters);
        register(slow, RequestOutcome.KEPT_SLOW, meters);
    }

    private static void register(LongAdder count, String reason, MeterRegistry meters) {
        FunctionCounter.builder("clew.requests.not.kept", count, LongAdder::sum)
                .description(
                        "Failed or slow requests whose spans were not kept, since more came than the budget allows")
                .tag("reason", reason)
                .register(meters);
    }

    /** Returns the outcome, or one without {@code kept} when the budget is exhausted. */
    RequestOutcome within(Exchange exchange, RequestOutcome outcome) {
        String reason = outcome.kept();
        if (reason == null) {
            return outcome;
        }
        TenantEntry tenant = exchange.tenant();
        TokenBucket budget = tenant == null ? withoutTenant : tenant.keepBudget();
        if (budget.tryTake(outcome.nanos())) {
            return outcome;
        }
        (reason.equals(RequestOutcome.KEPT_ERROR) ? errors : slow).increment();
        return outcome.notKept();
    }
}
